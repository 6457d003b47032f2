import { expect, test } from 'bun:test';
import { InlayError } from '@inlay-im/protocol';
import { seeded } from '../testing/scene.ts';
import { type Append, AppendQueue, type AppendResult } from './append-queue.ts';
import { KeyedLock } from './keyed-lock.ts';

const append = (conversation: string, id: string): Append => ({
  ...{ conversation, id, sender: 's', body: { kind: 'text', text: id }, fingerprint: '0' },
  files: null,
  ...{ replyTo: null, mentions: null, priority: 'normal', silent: false, at: 0 },
});

/** A queue whose batches end when the test says so. */
function scene(o: { capacity?: number; writers?: number; batch?: number } = {}) {
  const batches: { ids: string[]; end(failure?: Error): void }[] = [];
  let arrived = () => {};
  const n = new Map<string, number>();
  const lock = new KeyedLock();
  const queue = new AppendQueue({
    lock,
    capacity: o.capacity ?? 100,
    writers: o.writers ?? 2,
    batch: o.batch ?? 10,
    write: (batch) =>
      new Promise((resolve, reject) => {
        batches.push({
          ids: batch.map((a) => a.id),
          end(failure) {
            if (failure !== undefined) return reject(failure);
            resolve(
              batch.map((a): AppendResult => {
                const at = (n.get(a.conversation) ?? 0) + 1;
                n.set(a.conversation, at);
                return { status: 'committed', n: at, rev: at, at: 0, first: true };
              }),
            );
          },
        });
        arrived();
      }),
  });
  const settled: string[] = [];
  const failed: string[] = [];
  const push = (c: string, id: string) =>
    queue.push(
      append(c, id),
      () => settled.push(id),
      () => failed.push(id),
    );
  const batch = async (i: number) => {
    while (batches.length <= i) await new Promise<void>((resolve) => (arrived = resolve));
    return batches[i] as (typeof batches)[0];
  };
  return { queue, lock, batches, settled, failed, push, batch };
}

test('the first send is written at once, and what comes meanwhile forms the next batch', async () => {
  const { push, batch, settled, queue } = scene();
  push('a', '1');
  expect((await batch(0)).ids).toEqual(['1']);
  for (const id of ['2', '3', '4']) push('a', id);
  (await batch(0)).end();
  expect((await batch(1)).ids).toEqual(['2', '3', '4']);
  (await batch(1)).end();
  await queue.drained();
  expect(settled).toEqual(['1', '2', '3', '4']);
});

test('conversations are written side by side, but each by one batch at a time', async () => {
  const { push, batch, batches } = scene();
  push('a', 'a1');
  await batch(0);
  push('a', 'a2');
  push('b', 'b1');
  expect((await batch(1)).ids).toEqual(['b1']);
  expect(batches).toHaveLength(2);
  (await batch(0)).end();
  expect((await batch(2)).ids).toEqual(['a2']);
});

test('one send more than fit is refused with busy and a time to wait, and there is room again afterwards', async () => {
  const { push, batch, queue } = scene({ capacity: 3 });
  for (const id of ['1', '2', '3']) push('a', id);
  expect(() => push('b', '4')).toThrow(InlayError);
  try {
    push('b', '4');
  } catch (error) {
    expect((error as InlayError).toWire()).toMatchObject({ code: 'busy', retryAfter: expect.any(Number) });
  }
  (await batch(0)).end();
  await queue.drained();
  expect(() => push('b', '4')).not.toThrow();
});

test('a failure fails its batch alone', async () => {
  const { push, batch, settled, failed, queue } = scene({ batch: 2 });
  for (const id of ['1', '2', '3']) push('a', id);
  (await batch(0)).end(new Error('the connection broke'));
  (await batch(1)).end();
  await queue.drained();
  expect(failed).toEqual(['1', '2']);
  expect(settled).toEqual(['3']);
});

test('a send that cannot be told does not keep its neighbours from their result', async () => {
  const { queue, batch, push, settled, failed } = scene();
  push('a', '1');
  queue.push(
    append('a', '2'),
    () => {
      throw new Error('the socket is odd');
    },
    () => failed.push('2'),
  );
  push('a', '3');
  (await batch(0)).end();
  await queue.drained();
  expect(settled).toEqual(['1', '3']);
  expect(failed).toEqual(['2']);
});

test('a change that holds the conversation makes its sends wait, in their order, and no others', async () => {
  const { push, batch, lock, settled, queue } = scene();
  await lock.acquire('a');
  for (const id of ['a1', 'a2']) push('a', id);
  push('b', 'b1');
  expect((await batch(0)).ids).toEqual(['b1']);
  (await batch(0)).end();
  lock.release('a');
  expect((await batch(1)).ids).toEqual(['a1', 'a2']);
  (await batch(1)).end();
  await queue.drained();
  expect(settled).toEqual(['b1', 'a1', 'a2']);
});

test.each([1, 2, 3, 4, 5])('nothing is lost or reordered within a conversation, seed %p', async (seed) => {
  const random = seeded(seed);
  const lock = new KeyedLock();
  const busy = new Set<string>();
  const queue = new AppendQueue({
    lock,
    ...{ capacity: 10_000, writers: 3, batch: 7 },
    async write(batch) {
      const keys = new Set(batch.map((a) => a.conversation));
      for (const key of keys) expect(busy.has(key)).toBe(false);
      for (const key of keys) busy.add(key);
      for (let i = Math.floor(random() * 4); i > 0; i--) await new Promise(setImmediate);
      for (const key of keys) busy.delete(key);
      if (random() < 0.1) throw new Error('broken');
      return batch.map(() => ({ status: 'committed', n: 1, rev: 1, at: 0, first: true }));
    },
  });
  const ends = new Map<string, number[]>();
  for (let i = 0; i < 500; i++) {
    const key = `c${Math.floor(random() * 6)}`;
    const end = () => ends.set(key, [...(ends.get(key) ?? []), i]);
    queue.push(append(key, `${i}`), end, end);
    if (random() < 0.1) await new Promise(setImmediate);
    if (random() < 0.05) void lock.run(key, () => new Promise(setImmediate));
  }
  await queue.drained();
  expect([...ends.values()].flat().sort((x, y) => x - y)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  for (const all of ends.values()) expect(all).toEqual([...all].sort((x, y) => x - y));
  expect(queue.size).toBe(0);
});
