import { afterAll, beforeAll, expect, test } from 'bun:test';
import { startTestNode, type TestNode } from '../../testing/node.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

const text = (t: string) => ({ kind: 'text' as const, text: t });

test('[L2] a retried send is one message, and is told its first place', async () => {
  const alice = await node.peer('alice');
  const message = { conversation: 'direct:alice,bob', id: Bun.randomUUIDv7(), body: text('hello') };
  const first = await alice.call('messages.send', message);
  const again = await alice.call('messages.send', message);
  const overHttp = await node.as('alice', 'messages.send', message);
  expect(again).toEqual(first);
  expect(overHttp).toEqual(first);
  const { messages } = await alice.call('messages.list', { conversation: 'direct:alice,bob' });
  expect(messages.map((m) => m.id)).toEqual([message.id]);
});

test('[L2] an id in capitals is the same id, at the same moment as well, and harms no neighbour', async () => {
  const alice = await node.peer('alice3');
  const id = Bun.randomUUIDv7();
  const send = (as: string, words: string) =>
    alice.call('messages.send', { conversation: 'direct:alice3,bob', id: as, body: text(words) });
  await send(Bun.randomUUIDv7(), 'first');
  const [small, capital, neighbour] = await Promise.all([
    send(id, 'one'),
    send(id.toUpperCase(), 'one'),
    send(Bun.randomUUIDv7(), 'two'),
  ]);
  expect(capital).toEqual(small);
  expect(neighbour.n).toBe(small.n + 1);
});

test('[L2] the same id with another body is a conflict and changes nothing', async () => {
  const alice = await node.peer('alice2');
  const id = Bun.randomUUIDv7();
  await alice.call('messages.send', { conversation: 'direct:alice2,bob', id, body: text('one') });
  const other = alice.call('messages.send', { conversation: 'direct:alice2,bob', id, body: text('two') });
  await expect(other).rejects.toThrow('conflict');
});

test('[L2] an id in capitals is the same id, at the same moment as well, and harms no neighbour', async () => {
  const alice = await node.peer('alice3');
  const id = Bun.randomUUIDv7();
  const send = (as: string, words: string) =>
    alice.call('messages.send', { conversation: 'direct:alice3,bob', id: as, body: text(words) });
  await send(Bun.randomUUIDv7(), 'first');
  const [small, capital, neighbour] = await Promise.all([
    send(id, 'one'),
    send(id.toUpperCase(), 'one'),
    send(Bun.randomUUIDv7(), 'two'),
  ]);
  expect(capital).toEqual(small);
  expect(neighbour.n).toBe(small.n + 1);
});
