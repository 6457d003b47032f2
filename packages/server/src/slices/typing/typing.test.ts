import { afterAll, beforeAll, expect, test } from 'bun:test';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf } from '../../testing/scene.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

test('typing is told to everyone else who is there, not to the session that types, and stored nowhere', async () => {
  await node.as('a', 'conversations.create', { id: 'g', kind: 'group', members: ['b'] });
  const [desk, phone, other] = [await node.peer('a'), await node.peer('a'), await node.peer('b')];
  const { rev } = (await desk.call('conversations.get', { conversation: 'g' })).conversation;
  await desk.call('typing.set', { conversation: 'g', typing: true });
  await desk.call('typing.set', { conversation: 'g', typing: false });
  for (const peer of [phone, other]) {
    await peer.event('typing.changed', (e) => !e.typing);
    expect(peer.of('typing.changed')).toEqual([
      { conversation: 'g', user: 'a', typing: true },
      { conversation: 'g', user: 'a', typing: false },
    ]);
  }
  expect(desk.of('typing.changed')).toEqual([]);
  await node.as('b', 'typing.set', { conversation: 'g', typing: true });
  await desk.event('typing.changed', (e) => e.user === 'b');
  expect((await desk.call('conversations.get', { conversation: 'g' })).conversation.rev).toBe(rev);
});

test('who may not post does not type', async () => {
  await node.as('a', 'conversations.update', { conversation: 'g', posting: 'admins' });
  expect(await codeOf(node.as('b', 'typing.set', { conversation: 'g', typing: true }))).toBe('forbidden');
  expect(await codeOf(node.as('c', 'typing.set', { conversation: 'g', typing: true }))).toBe('not_found');
});
