import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { OperationName, Output, Request } from '@inlay-im/protocol';
import { dataFolder, startCli } from '../../testing/cli.ts';
import { signHostToken } from '../../testing/node.ts';

/** 1 GiB where one asks for it; as much of it as shows the same otherwise. */
const MEBIBYTES = process.env.INLAY_TEST_LARGE === undefined ? 96 : 1024;
const BLOCK = 1024 * 1024;
const SIZE = MEBIBYTES * BLOCK;
/** What the node may grow by while bytes pass through it, in MB. */
const MOST = 64;

type Node = Awaited<ReturnType<typeof startCli>>;

/** The bytes of a block, which are another's nowhere. */
function block(i: number): Buffer {
  const bytes = Buffer.alloc(BLOCK);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, BLOCK / 4);
  let state = (i + 1) * 2654435761;
  for (let w = 0; w < words.length; w++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    words[w] = state;
  }
  return bytes;
}

function expectedHash(): string {
  const hasher = new Bun.CryptoHasher('sha256');
  for (let i = 0; i < MEBIBYTES; i++) hasher.update(block(i));
  return hasher.digest('hex');
}

async function call<N extends OperationName>(
  node: Node,
  op: N,
  o: { input: Request<N>; token?: string },
): Promise<Output<N>> {
  const headers: Record<string, string> = o.token === undefined ? {} : { authorization: `Bearer ${o.token}` };
  const answer = await fetch(`${node.url}/v1/${op}`, {
    method: 'POST',
    body: JSON.stringify(o.input),
    headers,
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(body));
  return body;
}

interface Sending {
  path: string;
  token: string;
  from: number;
  /** Runs before each block; to cut the connection it says so. */
  before(i: number, sent: number): Promise<'go' | 'cut'> | 'go' | 'cut';
}

/** PATCH over a bare connection, block by block, as slowly as the node takes them. Gives the status; 0: cut. */
async function patch(node: Node, { path, token, from, before }: Sending): Promise<number> {
  const { port } = new URL(node.url);
  const tcp = connect(Number(port), '127.0.0.1');
  let answer = '';
  const ended = new Promise<void>((resolve) => {
    tcp.on('close', resolve).on('error', () => undefined);
    tcp.on('data', (data) => {
      answer += data.toString('latin1');
      if (answer.includes('\r\n\r\n')) tcp.end();
    });
  });
  tcp.write(
    `PATCH ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nTus-Resumable: 1.0.0\r\n` +
      `Upload-Offset: ${from}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${SIZE - from}\r\n\r\n`,
  );
  let sent = 0;
  for (let i = Math.floor(from / BLOCK); i < MEBIBYTES && !tcp.destroyed; i++) {
    if ((await before(i, sent)) === 'cut') {
      tcp.destroy();
      break;
    }
    const bytes = i === Math.floor(from / BLOCK) ? block(i).subarray(from % BLOCK) : block(i);
    sent += bytes.length;
    if (!tcp.write(bytes)) await Promise.race([new Promise((resolve) => tcp.once('drain', resolve)), ended]);
  }
  await ended;
  return Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1] ?? 0);
}

async function offset(node: Node, o: { path: string; token: string }): Promise<number> {
  const headers = { authorization: `Bearer ${o.token}`, 'tus-resumable': '1.0.0' };
  const answer = await fetch(`${node.url}${o.path}`, { method: 'HEAD', headers });
  expect(answer.status).toBe(200);
  return Number(answer.headers.get('upload-offset'));
}

const rss = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;

/** What a process grew by at most while something ran, in MB. */
async function growth(pid: number, work: () => Promise<void>): Promise<number> {
  const before = rss(pid);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, rss(pid))), 10);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return most - before;
}

/** Brings a few bytes, so that what is loaded once is there before memory is measured. */
async function warm(node: Node, token: string): Promise<void> {
  const file = Bun.randomUUIDv7();
  const { upload } = await call(node, 'files.create', {
    input: { file, kind: 'file', name: 'x', size: 1 },
    token,
  });
  await fetch(`${node.url}${upload?.by === 'tus' ? upload.url : ''}`, {
    method: 'PATCH',
    headers: {
      ...{ authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0', 'upload-offset': '0' },
      'content-type': 'application/offset+octet-stream',
    },
    body: 'x',
  });
  await call(node, 'files.finish', { input: { file }, token });
}

test.skipIf(process.platform !== 'linux')(
  'a large file that is cut off three times arrives with the same hash, in bounded memory',
  async () => {
    const data = dataFolder();
    let node = await startCli(data);
    try {
      const secret = /Secret\s+(\S+)/.exec(node.out)?.[1] ?? '';
      const { accessToken: token } = await call(node, 'auth.signInWithToken', {
        input: { token: signHostToken(secret, 'ann'), device: 'a device' },
      });
      await warm(node, token);
      const file = Bun.randomUUIDv7();
      const { upload } = await call(node, 'files.create', {
        input: { file, kind: 'file', name: 'large.bin', size: SIZE },
        token,
      });
      const path = upload?.by === 'tus' ? upload.url : '';
      const third = Math.floor(MEBIBYTES / 3);

      // The network goes.
      const first = await growth(node.pid, async () => {
        await patch(node, { path, token, from: 0, before: (i) => (i < third ? 'go' : 'cut') });
      });
      let from = await offset(node, { path, token });
      expect(from).toBeGreaterThan(0);

      // The node is killed.
      const begun = from;
      await patch(node, {
        ...{ path, token, from },
        async before(_, sent): Promise<'go' | 'cut'> {
          if (begun + sent >= 2 * third * BLOCK) await node.kill();
          return 'go';
        },
      });
      node = await startCli(data);
      from = await offset(node, { path, token });
      expect(from).toBeGreaterThanOrEqual(begun);
      await warm(node, token);

      // The tab is closed without a word, and opened again: the first request is still there when the next comes.
      const hanging = Promise.withResolvers<'cut'>();
      const beginning = from;
      const second = await growth(node.pid, async () => {
        const reached = Promise.withResolvers<void>();
        const old = patch(node, {
          ...{ path, token, from: beginning },
          async before(_, sent): Promise<'go' | 'cut'> {
            if (sent < 4 * BLOCK) return 'go';
            reached.resolve();
            return await hanging.promise;
          },
        });
        await reached.promise;

        // Where the first request was still writing, the second is told so, and asks again.
        let status = 409;
        while (status === 409) {
          from = await offset(node, { path, token });
          expect(from).toBeGreaterThanOrEqual(beginning);
          status = await patch(node, { path, token, from, before: () => 'go' });
        }
        expect(status).toBe(204);
        hanging.resolve('cut');
        await old;
        const { stored } = await call(node, 'files.finish', { input: { file }, token });
        expect(stored).toMatchObject({ file, size: SIZE });
      });

      const { addresses } = await call(node, 'files.urls', { input: { files: [file] }, token });
      const hasher = new Bun.CryptoHasher('sha256');
      const last = await growth(node.pid, async () => {
        const answer = await fetch(`${node.url}${addresses[0]?.url}`);
        for await (const chunk of answer.body ?? []) hasher.update(chunk);
      });
      expect(hasher.digest('hex')).toBe(expectedHash());
      if (MEBIBYTES > 96) console.log(`MB above idle: ${[first, second, last].map(Math.round).join(', ')}`);
      expect(Math.max(first, second, last)).toBeLessThan(MOST);
    } finally {
      await node.kill();
      await rm(data, { recursive: true, force: true });
    }
  },
  300_000,
);
