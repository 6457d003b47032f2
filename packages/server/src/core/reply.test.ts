import { expect, test } from 'bun:test';
import { Reply } from './reply.ts';

test('is told at once, in the order in which replies are resolved', () => {
  const told: string[] = [];
  const [one, two] = [new Reply<string>(), new Reply<string>()];
  void one.then((v) => told.push(v));
  void two.then((v) => told.push(v));
  two.resolve('two');
  one.resolve('one');
  expect(told).toEqual(['two', 'one']);
});

test('ends once: what comes later changes nothing', async () => {
  const reply = new Reply<number>();
  reply.resolve(1);
  reply.resolve(2);
  reply.reject(new Error('late'));
  expect(await reply).toBe(1);
});

test('can be awaited, chained and caught like a promise', async () => {
  const failed = new Reply<number>();
  failed.reject(new Error('no'));
  expect(async () => await failed).toThrow('no');
  const good = new Reply<number>();
  const chained = good.then(async (n) => n + 1).then((n) => n * 2);
  good.resolve(1);
  expect(await chained).toBe(4);
  const thrown = new Reply<number>();
  const after = thrown.then(() => {
    throw new Error('in a listener');
  });
  thrown.resolve(1);
  expect(async () => await after).toThrow('in a listener');
});
