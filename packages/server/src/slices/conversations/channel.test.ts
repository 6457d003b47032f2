import { afterAll, beforeAll, expect, test } from 'bun:test';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
  await node.as('host', 'conversations.create', { id: 'news', kind: 'channel', title: 'News' });
  await node.as('host', 'messages.send', message('news', 'one'));
});
afterAll(() => node.stop());

test('anyone of the app reads a channel without being in it, and is not shown as a member', async () => {
  const { conversation } = await node.as('passer', 'conversations.get', { conversation: 'news' });
  expect(conversation).toMatchObject({ self: null, memberCount: 1, lastN: 2 });
  const { messages } = await node.as('passer', 'messages.list', { conversation: 'news' });
  expect(messages.map((m) => m.n)).toEqual([1, 2]);
  expect(
    (await node.as('passer', 'members.list', { conversation: 'news' })).members.map((m) => m.user),
  ).toEqual(['host']);
  expect((await node.as('passer', 'conversations.list', {})).conversations).toEqual([]);
});

test('a reader who is no member neither posts, reacts, marks, types nor changes anything', async () => {
  const at = { conversation: 'news', n: 2 };
  const tries = {
    send: () => node.as('passer', 'messages.send', message('news', 'x')),
    react: () => node.as('passer', 'reactions.add', { ...at, emoji: '👍' }),
    edit: () => node.as('passer', 'messages.edit', { ...at, body: { kind: 'text', text: 'x' } }),
    recall: () => node.as('passer', 'messages.recall', at),
    hide: () => node.as('passer', 'messages.delete', { conversation: 'news', numbers: [2] }),
    mark: () => node.as('passer', 'receipts.mark', { conversation: 'news', readN: 2 }),
    marks: () => node.as('passer', 'receipts.list', { conversation: 'news' }),
    type: () => node.as('passer', 'typing.set', { conversation: 'news', typing: true }),
    mute: () => node.as('passer', 'members.updateSelf', { conversation: 'news', archived: true }),
    clear: () => node.as('passer', 'conversations.clear', { conversation: 'news' }),
    rename: () => node.as('passer', 'conversations.update', { conversation: 'news', title: 'x' }),
    add: () => node.as('passer', 'members.add', { conversation: 'news', users: ['y'] }),
    remove: () => node.as('passer', 'members.remove', { conversation: 'news', users: ['host'] }),
    leave: () => node.as('passer', 'members.leave', { conversation: 'news' }),
  };
  for (const [what, call] of Object.entries(tries))
    expect([what, await codeOf(call())]).toEqual([what, 'forbidden']);
});

test('watching brings what happens, once, until unwatched', async () => {
  const watcher = await node.peer('watcher');
  await watcher.call('conversations.watch', { conversation: 'news' });
  await watcher.call('conversations.watch', { conversation: 'news' });
  const { n } = await node.as('host', 'messages.send', message('news', 'two'));
  await watcher.event('message.new', (e) => e.message.n === n);
  await watcher.call('conversations.unwatch', { conversation: 'news' });
  await node.as('host', 'messages.send', message('news', 'unheard'));
  await watcher.call('session.ping', {});
  expect(watcher.of('message.new').map((e) => e.message.n)).toEqual([n]);
  expect(
    await codeOf(node.as('watcher', 'conversations.watch' as never, { conversation: 'news' } as never)),
  ).toBe('invalid_input');
});

test('who joined goes on following when a watch ends; joining twice is joining once', async () => {
  const peer = await node.peer('joiner');
  await peer.call('conversations.watch', { conversation: 'news' });
  const [one, two] = [
    await peer.call('members.join', { conversation: 'news' }),
    await peer.call('members.join', { conversation: 'news' }),
  ];
  expect(two.conversation).toEqual(one.conversation);
  expect(one.conversation.self).toMatchObject({ role: 'member' });
  expect(peer.of('conversation.joined')).toHaveLength(1);
  await peer.call('conversations.unwatch', { conversation: 'news' });
  const { n } = await node.as('host', 'messages.send', message('news', 'heard'));
  await peer.event('message.new', (e) => e.message.n === n);
  expect(peer.of('message.new').filter((e) => e.message.n === n)).toHaveLength(1);
  expect(await codeOf(peer.call('messages.send', message('news', 'x')))).toBe('forbidden');
  await peer.call('reactions.add', { conversation: 'news', n, emoji: '👍' });
  await node.as('host', 'members.setRole', { conversation: 'news', user: 'joiner', role: 'admin' });
  expect(await codeOf(peer.call('messages.send', message('news', 'posted')))).toBe('ok');
});

test('groups are neither joined nor watched from outside', async () => {
  await node.as('host', 'conversations.create', { id: 'inner', kind: 'group' });
  const outside = await node.peer('outside');
  for (const op of ['members.join', 'conversations.watch', 'conversations.get'] as const) {
    expect(await codeOf(outside.call(op, { conversation: 'inner' }))).toBe('not_found');
  }
});

test('a session watches a bounded number of channels', async () => {
  const many = await node.peer('many');
  for (let i = 0; i <= 50; i++)
    await node.as('host', 'conversations.create', { id: `ch${i}`, kind: 'channel' });
  const ends = [];
  for (let i = 0; i <= 50; i++)
    ends.push(await codeOf(many.call('conversations.watch', { conversation: `ch${i}` })));
  expect(ends.filter((e) => e === 'ok')).toHaveLength(50);
  expect(ends.at(-1)).toBe('limit_reached');
  await many.call('conversations.unwatch', { conversation: 'ch0' });
  expect(await codeOf(many.call('conversations.watch', { conversation: 'ch50' }))).toBe('ok');
});
