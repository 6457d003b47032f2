import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperationName, Output, Request } from '@inlay-im/protocol';
import sharp from 'sharp';
import type { Bench } from '../lib/bench.ts';
import { type BenchNode, startNode } from '../lib/node.ts';
import { signIn } from '../lib/peers.ts';
import { atLeast, atMost } from '../lib/result.ts';

const SIZE = 1024 * 1024 * 1024;
const PIECE = 256 * 1024;
const PHOTOS = 24;
/** Of each photo of 12 million pixels: 320, 640 and 1280 wide. */
const STEPS = 3;

interface Person {
  node: BenchNode;
  token: string;
}

async function call<N extends OperationName>(
  { node, token }: Person,
  op: N,
  input: Request<N>,
): Promise<Output<N>> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${node.url}/v1/${op}`, {
    method: 'POST',
    body: JSON.stringify(input),
    headers,
  });
  const output = await answer.json();
  if (!answer.ok) throw new Error(`${op}: ${JSON.stringify(output)}`);
  return output as Output<N>;
}

/** Seconds that work takes. */
async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** What the node's process grew by at most while work went on, in MB. */
async function growth(node: BenchNode, work: () => Promise<unknown>): Promise<number> {
  const before = await node.memory();
  let most = before;
  const timer = setInterval(async () => (most = Math.max(most, await node.memory())), 20);
  await work();
  clearInterval(timer);
  return (most - before) / 1e6;
}

async function makeLarge(path: string): Promise<void> {
  const writer = Bun.file(path).writer();
  for (let at = 0; at < SIZE; at += 1024 * 1024) {
    writer.write(crypto.getRandomValues(new Uint8Array(65_536)));
    writer.write(Buffer.alloc(1024 * 1024 - 65_536, at));
    await writer.flush();
  }
  await writer.end();
}

/** The raw limit: one file read, and another written and brought to the disk, piece by piece. */
async function copy(from: string, to: string): Promise<void> {
  const [source, target] = [await open(from, 'r'), await open(to, 'w')];
  const buffer = new Uint8Array(PIECE);
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, PIECE);
    if (bytesRead === 0) break;
    await target.write(buffer, 0, bytesRead);
  }
  await target.sync();
  await Promise.all([source.close(), target.close()]);
}

async function bring(
  person: Person,
  o: { kind: 'file' | 'image'; name: string; body: Blob },
): Promise<string> {
  const file = Bun.randomUUIDv7();
  const { kind, name, body } = o;
  const { upload } = await call(person, 'files.create', { file, kind, name, size: body.size });
  const answer = await fetch(`${person.node.url}${upload?.by === 'tus' ? upload.url : ''}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${person.token}`,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body,
  });
  if (answer.status !== 204) throw new Error(`the upload was answered with ${answer.status}`);
  await call(person, 'files.finish', { file });
  return file;
}

async function addressOf(person: Person, file: string): Promise<string> {
  const { addresses } = await call(person, 'files.urls', { files: [file] });
  return `${person.node.url}${addresses[0]?.url}`;
}

/** Reads all of it, keeping nothing. */
async function fetchAll(url: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of (await fetch(url)).body ?? []) bytes += chunk.length;
  return bytes;
}

async function moveLarge(person: Person, folder: string) {
  const large = join(folder, 'large');
  await makeLarge(large);
  // Once before anything counts, so that all find the source in memory.
  await copy(large, join(folder, 'first'));
  const raw = await seconds(() => copy(large, join(folder, 'copy')));
  let [upload, download] = [0, 0];
  let file = '';
  const up = await growth(person.node, async () => {
    upload = await seconds(async () => {
      file = await bring(person, { kind: 'file', name: 'large', body: Bun.file(large) });
    });
  });
  const url = await addressOf(person, file);
  const down = await growth(person.node, async () => {
    download = await seconds(async () => {
      if ((await fetchAll(url)) !== SIZE) throw new Error('the download is not whole');
    });
  });
  const rate = (took: number): number => SIZE / took / 1e6;
  return { raw: rate(raw), upload: rate(upload), download: rate(download), growth: Math.max(up, down) };
}

/** Photos as phones take them, made smaller as they arrive; then the job makes the steps of each. */
async function photos(person: Person) {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 10 };
  const base = sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#888', noise } });
  const jpeg = await base.jpeg({ quality: 70 }).toBuffer();
  const bodies = Array.from({ length: PHOTOS }, (_, i) => new Blob([jpeg, new Uint8Array([i])]));
  let made = 0;
  const grown = await growth(person.node, async () => {
    made = await seconds(async () => {
      await Promise.all(
        [0, 1, 2].map(async (lane) => {
          for (const [i, body] of bodies.entries()) {
            if (i % 3 === lane) await bring(person, { kind: 'image', name: `${i}.jpg`, body });
          }
        }),
      );
    });
  });
  return { perSecond: PHOTOS / made, grown };
}

/** Has the steps of all photos made again by the queue of jobs; gives how many a second. */
async function steps({ node }: Person): Promise<number> {
  const { sql } = node;
  const count = async (): Promise<number> => (await sql`select count(*)::int as n from file_steps`)[0].n;
  await sql`delete from file_steps`;
  const images = await sql`select distinct blob, width from files where kind = 'image'`;
  const took = await seconds(async () => {
    for (const { blob, width } of images) {
      const payload = JSON.stringify({ app: 1, blob, width, animated: false });
      await sql`select graphile_worker.add_job('files.steps', ${payload}::text::json)`;
    }
    while ((await count()) < images.length * STEPS) await Bun.sleep(20);
  });
  return (images.length * STEPS) / took;
}

export const media: Bench = {
  name: 'media',
  about: 'a file of 1 GiB up and down against a raw copy, photos and their smaller steps, memory',
  seconds: 0,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'inlay-bench-'));
    const node = await startNode();
    try {
      const tokens = await signIn(node.url, node.sql, ['u1']);
      const person = { node, token: tokens.get('u1') ?? '' };
      await bring(person, { kind: 'file', name: 'warm', body: new Blob(['x']) });
      const large = await moveLarge(person, folder);
      const pictures = await photos(person);
      const thumbnails = await steps(person);
      return {
        figures: {
          'raw copy MB/s': large.raw,
          'upload MB/s': large.upload,
          'download MB/s': large.download,
          'upload to raw': large.upload / large.raw,
          'download to raw': large.download / large.raw,
          'MB above idle, 1 GiB up and down': large.growth,
          'photos of 12 MP taken in/s': pictures.perSecond,
          'steps made/s': thumbnails,
          'MB above idle, photos': pictures.grown,
        },
        targets: [
          atLeast('upload to raw', large.upload / large.raw, 0.5),
          atLeast('download to raw', large.download / large.raw, 0.5),
          atMost('MB above idle, 1 GiB up and down', large.growth, 64),
        ],
      };
    } finally {
      await node.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
