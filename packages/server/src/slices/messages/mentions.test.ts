import { afterAll, beforeAll, expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol';
import { startTestNode, type TestNode } from '../../testing/node.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

type Peer = Awaited<ReturnType<TestNode['peer']>>;

const say = async (peer: Peer, conversation: string, mentions: string[] = []): Promise<number> => {
  const body = { kind: 'text' as const, text: 'look' };
  return (await peer.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body, mentions })).n;
};

const unread = async (peer: Peer, conversation: string): Promise<number[]> =>
  (await peer.call('conversations.get', { conversation })).conversation.mentions;

/** A group of two; its first line is that of its beginning. */
async function pair(a: string, b: string) {
  const [ann, ben] = [await node.peer(a), await node.peer(b)];
  const { conversation } = await ben.call('conversations.create', { kind: 'group', members: [a] });
  return { ann, ben, id: conversation.id };
}

test('a conversation tells which unread messages mention me, in every way of reading it', async () => {
  const { ann, ben, id } = await pair('ann', 'ben');
  const first = await say(ben, id, ['ann']);
  await say(ben, id);
  await say(ben, id, ['ben']);
  const second = await say(ben, id, ['ben', 'ann']);
  expect(await unread(ann, id)).toEqual([first, second]);
  const { conversations } = await ann.call('conversations.list', {});
  expect(conversations.find((one) => one.id === id)?.mentions).toEqual([first, second]);
  const changes = await ann.call('conversations.changes', { conversation: id, rev: 0, n: 0 });
  expect(changes.conversation.mentions).toEqual([first, second]);
  expect(await unread(ben, id)).toEqual([]);
  await ann.call('receipts.mark', { conversation: id, readN: first });
  expect(await unread(ann, id)).toEqual([second]);
});

test('an edit may mention someone or no longer do so; what is taken back or deleted mentions nobody', async () => {
  const { ann, ben, id } = await pair('ann2', 'ben2');
  const edited = await say(ben, id);
  const body = { kind: 'text' as const, text: 'other' };
  await ben.call('messages.edit', { conversation: id, n: edited, body, mentions: ['ann2'] });
  const recalled = await say(ben, id, ['ann2']);
  const deleted = await say(ben, id, ['ann2']);
  expect(await unread(ann, id)).toEqual([edited, recalled, deleted]);
  await ben.call('messages.recall', { conversation: id, n: recalled });
  await ann.call('messages.delete', { conversation: id, numbers: [deleted] });
  expect(await unread(ann, id)).toEqual([edited]);
  await ben.call('messages.edit', { conversation: id, n: edited, body, mentions: [] });
  expect(await unread(ann, id)).toEqual([]);
});

test('[L9] what was said while someone was out does not mention them when they are back', async () => {
  const { ann, ben, id } = await pair('ann3', 'ben3');
  await ben.call('members.remove', { conversation: id, users: ['ann3'] });
  await say(ben, id, ['ann3']);
  await ben.call('members.add', { conversation: id, users: ['ann3'] });
  expect(await unread(ann, id)).toEqual([]);
  const n = await say(ben, id, ['ann3']);
  expect(await unread(ann, id)).toEqual([n]);
});

test('of many the newest are told', async () => {
  const { ann, ben, id } = await pair('ann4', 'ben4');
  let last = 0;
  for (let i = 0; i < LIMITS.unreadMentions + 2; i++) last = await say(ben, id, ['ann4']);
  const told = await unread(ann, id);
  expect(told).toHaveLength(LIMITS.unreadMentions);
  expect(told.at(-1)).toBe(last);
});
