import { describe, expect, test } from 'bun:test';
import type { Client } from '../client.ts';
import type { ConversationHandle } from '../conversations/handle.ts';
import { memoryStorage } from '../storage/memory.ts';
import { bytesOf, MIB } from '../testing/files-scene.ts';
import { numbers } from '../testing/numbers.ts';
import { processOf } from '../testing/process.ts';
import { type Scene, scene } from '../testing/setup.ts';

/** One device, whose process ends and begins again over one storage. */
interface Device {
  chat: Client;
  handle: ConversationHandle;
  kill(): void;
}

interface Said {
  readonly id: string;
  /** Sizes of its files, and the seed of their bytes. */
  readonly sizes: readonly number[];
  readonly seed: number;
  dropped: boolean;
}

type Random = () => number;

async function begin(s: Scene, storage: ReturnType<typeof memoryStorage>, random: Random): Promise<Device> {
  const { options, kill } = processOf(s.node, s.clock, storage);
  const chat = s.client({ ...options, random });
  if (!(await chat.connect())) await chat.signIn({ token: 'ann' });
  const handle = chat.conversation('room');
  handle.timeline.subscribe(() => {});
  return { chat, handle, kill };
}

/** Loses requests and replies, also in the middle of bytes; gives what ends it. */
function disturb(s: Scene, random: Random): () => void {
  s.node.fault = (op) => {
    if (op.startsWith('session.') || op.startsWith('auth.')) return undefined;
    const what = random();
    return what < 0.06 ? 'noAnswer' : what < 0.12 ? 'lost' : what < 0.18 ? 'busy' : undefined;
  };
  s.node.files.fault = () => {
    const what = random();
    return what < 0.1
      ? 'lost'
      : what < 0.2
        ? 'noAnswer'
        : what < 0.3
          ? 'half'
          : what < 0.35
            ? 503
            : undefined;
  };
  return () => {
    s.node.fault = () => undefined;
    s.node.files.fault = () => undefined;
  };
}

const fileOf = (size: number, seed: number) => ({
  blob: new Blob([bytesOf(size, seed)]),
  kind: 'file' as const,
  name: `${size} ${seed}`,
});

async function simulate(seed: number): Promise<void> {
  const random = numbers(seed);
  const s = scene();
  const log = s.node.group('room', ['ann', 'bob']);
  const storage = memoryStorage();
  let device = await begin(s, storage, random);
  await s.clock.advance(1000);
  s.node.files.by = seed % 3 === 0 ? 'parts' : 'tus';
  s.node.files.partSize = MIB / 4;
  const calm = disturb(s, random);
  const said: Said[] = [];
  let texts = 0;
  for (let i = 0; i < 14; i += 1) {
    const what = random();
    const some = said[Math.floor(random() * said.length)];
    if (what < 0.45) {
      const sizes = Array.from(
        { length: 1 + Math.floor(random() * 3) },
        () => 1 + Math.floor(random() * 1.4 * MIB),
      );
      const { id } = device.handle.sendFiles(sizes.map((size) => fileOf(size, i)));
      said.push({ id, sizes, seed: i, dropped: false });
      // What a person sees they do not lose.
      await s.clock.advance(0);
    } else if (what < 0.55) {
      device.handle.send(`text ${i}`);
      texts += 1;
      await s.clock.advance(0);
    } else if (what < 0.62 && some && seed % 2 === 0) device.handle.pauseUpload(some.id);
    else if (what < 0.7 && some) device.handle.resumeUpload(some.id);
    else if (what < 0.74 && some && device.handle.timeline.message(some.id).get()?.n === null) {
      device.handle.discard(some.id);
      some.dropped = true;
    } else if (what < 0.9) {
      if (random() < 0.5) await device.chat.disconnect();
      device.kill();
      device = await begin(s, storage, random);
    } else s.node.cut();
    await s.clock.advance(Math.floor(random() * 4000));
  }
  calm();
  s.node.cut();
  await s.clock.advance(60_000);
  for (const { id } of said) device.handle.resumeUpload(id);
  await s.clock.advance(120_000);

  const media = log.messages.filter(({ body }) => body?.kind === 'media');
  const wanted = said.filter(({ dropped }) => !dropped).map(({ id }) => id);
  expect(
    media
      .map(({ id }) => id)
      .filter((id) => wanted.includes(id))
      .toSorted(),
  ).toEqual(wanted.toSorted());
  if (seed % 2 === 1) expect(media.map(({ id }) => id)).toEqual(media.map(({ id }) => id).toSorted());
  expect(log.messages.length - media.length).toBe(texts);
  for (const { id, body } of media) {
    const { sizes = [], seed: own = 0 } = said.find((one) => one.id === id) ?? {};
    const bytes =
      body?.kind === 'media' ? body.items.map(({ file }) => s.node.files.all.get(file)?.bytes) : [];
    expect(bytes.map((one) => one && Bun.hash(one))).toEqual(
      sizes.map((size) => Bun.hash(bytesOf(size, own))),
    );
  }
  expect(await storage.all('blobs')).toEqual([]);
  expect(await storage.all('outbox')).toEqual([]);
  expect(device.handle.timeline.messages().map(({ n, state }) => [n, state])).toEqual(
    log.messages.map(({ n }) => [n, 'sent']),
  );
}

describe('[L2] [L4] files through losses, cuts, kills and pauses arrive whole and once', () => {
  for (let seed = 1; seed <= 25; seed += 1) test(`seed ${seed}`, () => simulate(seed));
});
