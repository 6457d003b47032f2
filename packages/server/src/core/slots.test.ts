import { expect, test } from 'bun:test';
import { InlayError } from '@inlay-im/protocol';
import { Slots } from './slots.ts';

test('so many run, so many wait in order, and further ones are refused', async () => {
  const slots = new Slots({ atOnce: 2, waiting: 2 });
  const began: number[] = [];
  const ends: (() => void)[] = [];
  const task = (i: number) =>
    slots.run(async () => {
      began.push(i);
      await new Promise<void>((resolve) => ends.push(resolve));
      return i;
    });
  const running = [task(0), task(1), task(2), task(3)];
  const refused = await task(4).catch((error) => error);
  expect(refused).toBeInstanceOf(InlayError);
  expect([refused.code, refused.retryAfter > 0]).toEqual(['busy', true]);
  expect(began).toEqual([0, 1]);
  for (const i of running.keys()) {
    ends.shift()?.();
    await running[i];
  }
  expect(await Promise.all(running)).toEqual([0, 1, 2, 3]);
  expect(began).toEqual([0, 1, 2, 3]);
});

test('a task that fails gives its slot back', async () => {
  const slots = new Slots({ atOnce: 1, waiting: 1 });
  const failing = slots.run(() => Promise.reject(new Error('broke')));
  const next = slots.run(async () => 'went');
  await expect(failing).rejects.toThrow('broke');
  expect(await next).toBe('went');
  expect(await slots.run(async () => 'again')).toBe('again');
});
