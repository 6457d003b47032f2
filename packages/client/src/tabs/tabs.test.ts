import { describe, expect, test } from 'bun:test';
import type { ConversationHandle } from '../conversations/handle.ts';
import { memoryStorage } from '../storage/memory.ts';
import { settle } from '../testing/clock.ts';
import { scene } from '../testing/setup.ts';
import { Browser } from '../testing/tabs.ts';

/** Two tabs of Ann over one storage; the first one leads. */
async function twoTabs() {
  const s = scene();
  const log = s.node.group('room', ['ann', 'bob']);
  const browser = new Browser();
  const storage = { ...memoryStorage(), shared: 'test' };
  const open = (name: string) => s.client({ storage, ...browser.tab(name) });
  const first = open('first');
  await first.signIn({ token: 'ann' });
  await settle();
  const second = open('second');
  await second.connect();
  await settle();
  const look = (chat: typeof first): ConversationHandle => {
    const handle = chat.conversation('room');
    handle.timeline.subscribe(() => {});
    return handle;
  };
  const rooms = { first: look(first), second: look(second) };
  await settle();
  return { ...s, log, browser, storage, first, second, rooms };
}

const texts = (handle: ConversationHandle) =>
  handle.timeline.messages().map((m) => m.body?.kind === 'text' && m.body.text);
const sockets = (s: { node: { sockets: Set<unknown> } }) => s.node.sockets.size;

describe('two tabs', () => {
  test('share one connection and see the same', async () => {
    const s = await twoTabs();
    expect(sockets(s)).toBe(1);
    expect(s.second.connection.get().state).toBe('online');
    s.node.send('room', 'bob', 'to both');
    await settle();
    expect(texts(s.rooms.first)).toEqual(['to both']);
    expect(texts(s.rooms.second)).toEqual(['to both']);
  });

  test('[L2] what either sends is one message in both', async () => {
    const s = await twoTabs();
    const sent = s.rooms.second.send('from the second').sent;
    await settle();
    s.rooms.first.send('from the first');
    await settle();
    expect(await sent).toMatchObject({ n: 1 });
    expect(texts(s.rooms.first)).toEqual(['from the second', 'from the first']);
    expect(texts(s.rooms.second)).toEqual(['from the second', 'from the first']);
    expect(s.node.requests.filter((r) => r.op === 'messages.send')).toHaveLength(2);
    expect(s.node.requests.filter((r) => r.op === 'conversations.changes')).toHaveLength(0);
  });

  test('[L4] the other takes over when the leader dies, and repeats what was not answered', async () => {
    const s = await twoTabs();
    s.node.fault = (op) => (op === 'messages.send' || op === 'messages.list' ? 'noAnswer' : undefined);
    const { id } = s.rooms.second.send('in between');
    const asked = s.second.call('messages.list', { conversation: 'room' });
    await settle();
    s.browser.kill('first');
    s.node.cut();
    s.node.fault = () => undefined;
    await settle();
    expect(s.second.connection.get().state).toBe('online');
    expect((await asked).messages.map((m) => m.id)).toEqual([id]);
    expect(texts(s.rooms.second)).toEqual(['in between']);
    expect(s.log.lastN).toBe(1);
    s.node.send('room', 'bob', 'after');
    await settle();
    expect(texts(s.rooms.second)).toEqual(['in between', 'after']);
  });

  test('a tab that disconnects hands the connection over', async () => {
    const s = await twoTabs();
    await s.first.disconnect();
    await settle();
    expect([s.first.connection.get().state, s.second.connection.get().state]).toEqual(['offline', 'online']);
    expect(sockets(s)).toBe(1);
  });

  test('refresh a token once, though both ask', async () => {
    const s = await twoTabs();
    await s.clock.advance(14 * 60_000 + 1000);
    expect(s.node.requests.filter((r) => r.op === 'auth.refresh')).toHaveLength(1);
  });

  test('leave someone’s presence only when neither follows any more', async () => {
    const s = await twoTabs();
    const [a, b] = [s.first, s.second].map((chat) => chat.presence(['bob']).subscribe(() => {})) as [
      () => void,
      () => void,
    ];
    await settle();
    const left = () => s.node.requests.filter((r) => r.op === 'presence.unsubscribe').length;
    a();
    await settle();
    expect(left()).toBe(0);
    b();
    await settle();
    expect(left()).toBe(1);
  });

  test('are signed out together', async () => {
    const s = await twoTabs();
    await s.second.signOut();
    await settle();
    expect([s.first.me.get(), s.second.me.get()]).toEqual([undefined, undefined]);
    expect(sockets(s)).toBe(0);
    expect(await s.storage.get('meta', 'tokens')).toBeUndefined();
  });

  test('each show the failure of a request as the node gave it', async () => {
    const s = await twoTabs();
    await expect(s.second.call('conversations.get', { conversation: 'nowhere' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
