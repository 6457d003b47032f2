import { describe, expect, test } from 'bun:test';
import { CLOSE } from '@inlay-im/protocol/rules';
import type { Client } from './client.ts';
import type { ConversationHandle } from './conversations/handle.ts';
import { InlayError } from './requests/errors.ts';
import { memoryStorage } from './storage/memory.ts';
import { settle } from './testing/clock.ts';
import type { Log } from './testing/log.ts';
import { type Scene, scene } from './testing/setup.ts';

/** Ann is signed in and looks at a room that she shares with Bob. */
async function room(options: Parameters<Scene['client']>[0] = {}) {
  const s = scene();
  const log = s.node.group('room', ['ann', 'bob']);
  const chat = s.client(options);
  await chat.signIn({ token: 'ann' });
  await settle();
  const handle = chat.conversation('room');
  handle.timeline.subscribe(() => {});
  await settle();
  return { ...s, log, chat, handle };
}

const texts = (handle: ConversationHandle): string[] =>
  handle.timeline.messages().map((m) => (m.body?.kind === 'text' ? m.body.text : '–'));
const count = (s: Scene, op: string): number => s.node.requests.filter((r) => r.op === op).length;

/** What the client shows is what the node has. */
function expectInStep(chat: Client, handle: ConversationHandle, log: Log): void {
  const { unread: _, mentionN: __, ...info } = handle.info.get() ?? { unread: 0, mentionN: null };
  expect(info).toEqual(log.snapshot('ann'));
  const shown = handle.timeline
    .messages()
    .map(({ n, id, body, reactions, mine }) => ({ n, id, body, reactions, mine: [...mine] }));
  const page = log.list('ann', { limit: 1000 });
  expect(shown).toEqual(
    page.messages.map(({ n, id, body, reactions }) => ({
      n,
      id,
      body,
      reactions,
      mine: page.mine.find((m) => m.n === n)?.emojis ?? [],
    })),
  );
  expect(chat.connection.get().state).toBe('online');
}

describe('sending', () => {
  test('a message is shown at once and keeps its row when it is acknowledged', async () => {
    const { handle, chat, log } = await room();
    const { id, sent } = handle.send('hello');
    await Promise.resolve().then(() => {});
    await settle();
    expect(await sent).toMatchObject({ n: 1, rev: 1 });
    expect(handle.timeline.get().keys).toEqual([id]);
    expect(handle.timeline.message(id).get()).toMatchObject({ state: 'sent', n: 1, sender: 'ann' });
    expectInStep(chat, handle, log);
  });

  test('[L2] [L4] a send without an answer is repeated under its id and is one message', async () => {
    const s = await room();
    s.node.fault = (op) => (op === 'messages.send' ? 'noAnswer' : undefined);
    const { id, sent } = s.handle.send('once');
    await settle();
    expect(s.handle.timeline.message(id).get()?.state).toBe('sending');
    s.node.fault = () => undefined;
    s.node.cut();
    await s.clock.advance(2000);
    await sent;
    expect(s.node.requests.filter((r) => r.op === 'messages.send')).toHaveLength(2);
    expect(texts(s.handle)).toEqual(['once']);
    expectInStep(s.chat, s.handle, s.log);
  });

  test('messages written offline go out in their order', async () => {
    const s = await room();
    s.node.reachable = false;
    s.node.cut();
    for (const text of ['one', 'two', 'three']) s.handle.send(text);
    await settle();
    expect(texts(s.handle)).toEqual(['one', 'two', 'three']);
    expect(s.log.lastN).toBe(0);
    s.node.reachable = true;
    await s.clock.advance(60_000);
    expect(s.log.messages.map((m) => m.body)).toEqual(
      ['one', 'two', 'three'].map((text) => ({ kind: 'text', text })),
    );
    expectInStep(s.chat, s.handle, s.log);
  });

  test('[L4] the outbox survives a reload and sends under the same ids', async () => {
    const storage = memoryStorage();
    const s = await room({ storage });
    s.node.fault = (op) => (op === 'messages.send' ? 'noAnswer' : undefined);
    const { id } = s.handle.send('kept');
    await settle();
    await s.chat.disconnect();
    s.node.fault = () => undefined;
    const again = s.client({ storage });
    expect(await again.connect()).toBe(true);
    await settle();
    expect(s.log.messages.map((m) => m.id)).toEqual([id]);
    expect(await storage.all('outbox')).toEqual([]);
  });

  test('only a refusal for good fails a message; it can be sent again or discarded', async () => {
    const s = await room();
    s.node.fault = (op) => (op === 'messages.send' ? 'forbidden' : undefined);
    const first = s.handle.send('no');
    const second = s.handle.send('nor this');
    await expect(first.sent).rejects.toBeInstanceOf(InlayError);
    await settle();
    expect(s.handle.timeline.message(first.id).get()).toMatchObject({
      state: 'failed',
      error: { code: 'forbidden' },
    });
    s.node.fault = () => undefined;
    s.handle.discard(second.id);
    s.handle.retry(first.id);
    await settle();
    expect(texts(s.handle)).toEqual(['no']);
    expect(s.handle.timeline.messages()[0]?.state).toBe('sent');
  });

  test('a full node is asked again and the order stays', async () => {
    const s = await room();
    let refusals = 1;
    s.node.fault = (op) => (op === 'messages.send' && refusals-- > 0 ? 'busy' : undefined);
    s.handle.send('a');
    s.handle.send('b');
    await s.clock.advance(3000);
    expect(texts(s.handle)).toEqual(['a', 'b']);
    expectInStep(s.chat, s.handle, s.log);
  });
});

describe('revisions', () => {
  test('[L5] a gap is fetched, and events that come meanwhile are applied after it', async () => {
    const s = await room();
    for (let i = 1; i <= 3; i += 1) s.node.send('room', 'bob', `m${i}`);
    await settle();
    s.log.send('bob', 'missed', 'missed');
    s.node.send('room', 'bob', 'm5');
    s.node.send('room', 'bob', 'm6');
    await s.clock.advance(2000);
    expect(texts(s.handle)).toEqual(['m1', 'm2', 'm3', 'missed', 'm5', 'm6']);
    expectInStep(s.chat, s.handle, s.log);
  });

  test('[L5] a large gap drops the window and loads the newest page', async () => {
    const s = await room();
    s.node.send('room', 'bob', 'first');
    await settle();
    for (let i = 0; i < 300; i += 1) s.log.send('bob', `x${i}`, `x${i}`);
    s.node.send('room', 'bob', 'last');
    await settle();
    expect(s.handle.timeline.get().keys).toHaveLength(50);
    expect(s.handle.timeline.get().hasBefore).toBe(true);
    expect(texts(s.handle).at(-1)).toBe('last');
    await s.handle.timeline.loadBefore(200);
    expect(s.handle.timeline.get().keys).toHaveLength(250);
    await s.handle.timeline.loadBefore(200);
    expect(s.handle.timeline.get()).toMatchObject({ hasBefore: false });
  });

  test('[L5] an open conversation catches up after a reconnect, a closed one when it is looked at', async () => {
    const s = await room();
    const closed = s.node.group('other', ['ann', 'bob']);
    s.node.reachable = false;
    s.node.cut();
    s.node.send('room', 'bob', 'while away');
    s.node.send('other', 'bob', 'there too');
    s.node.reachable = true;
    await s.clock.advance(30_000);
    expect(texts(s.handle)).toEqual(['while away']);
    expect(s.node.requests.some((r) => r.op === 'messages.list' && r.input.conversation === 'other')).toBe(
      false,
    );
    expect(s.chat.conversations.get().items.map((c) => [c.id, c.unread])).toContainEqual(['other', 1]);
    const other = s.chat.conversation('other');
    other.timeline.subscribe(() => {});
    await settle();
    expectInStep(s.chat, other, closed);
  });

  test('[L6] my own marks from another device only grow', async () => {
    const s = await room();
    for (let i = 1; i <= 5; i += 1) s.node.send('room', 'bob', `m${i}`);
    await settle();
    const mark = (readN: number) =>
      s.node.tell('ann', {
        event: 'receipt.changed',
        data: { conversation: 'room', user: 'ann', readN, deliveredN: readN },
      });
    mark(4);
    mark(2);
    await settle();
    expect(s.handle.info.get()).toMatchObject({ unread: 1, self: { readN: 4 } });
  });

  test('a gap in my own revision is filled by a sync from the cursor', async () => {
    const s = await room();
    s.node.changeSelf('ann', 'room', { draft: 'one' });
    await settle();
    const lost = s.node.tell;
    s.node.tell = () => {};
    s.node.changeSelf('ann', 'room', { archived: true });
    s.node.tell = lost;
    s.node.changeSelf('ann', 'room', { draft: 'three' });
    await settle();
    expect(s.handle.info.get()?.self).toMatchObject({ archived: true, draft: 'three', rev: 3 });
    expect(count(s, 'sync.page')).toBe(1);
  });
});

describe('sync', () => {
  test('[L5] keeps the first page’s cursor, and only once the last page was taken in', async () => {
    const s = scene();
    for (let i = 0; i < 5; i += 1) s.node.group(`g${i}`, ['ann']);
    s.node.pageSize = 2;
    const storage = memoryStorage();
    const chat = s.client({ storage });
    s.node.fault = (op) => (op === 'sync.page' ? 'lost' : undefined);
    await chat.signIn({ token: 'ann' });
    await s.clock.advance(1000);
    expect(chat.connection.get().state).toBe('syncing');
    expect(chat.conversations.get().items).toHaveLength(2);
    expect(await storage.get('meta', 'standing')).not.toHaveProperty('cursor', expect.any(String));
    s.node.fault = () => undefined;
    s.node.cut();
    await s.clock.advance(2000);
    expect(chat.conversations.get().items).toHaveLength(5);
    expect(await storage.get('meta', 'standing')).toMatchObject({ cursor: 'one|5', epoch: 'one' });
  });

  test('[L10] another epoch drops the cursor and what was cached, and keeps what was not sent', async () => {
    const storage = memoryStorage();
    const s = await room({ storage });
    s.node.send('room', 'bob', 'gone with the old epoch');
    for (let i = 0; i < 5; i += 1) s.node.changeSelf('ann', 'room', { draft: `${i}` });
    await s.clock.advance(1000);
    s.node.reachable = false;
    s.node.cut();
    s.node.logs.delete('room');
    s.node.leave('ann', 'room');
    const log = s.node.group('new', ['ann', 'bob']);
    s.node.restoreFromBackup('two');
    s.chat.conversation('new').send('still to be sent');
    s.node.reachable = true;
    await s.clock.advance(30_000);
    expect(s.chat.conversations.get().items.map((c) => c.id)).toEqual(['new']);
    expect(log.messages.map((m) => m.body)).toEqual([{ kind: 'text', text: 'still to be sent' }]);
    expect(((await storage.all('conversations')) as { id: string }[]).map((c) => c.id)).toEqual(['new']);
    expect(await storage.get('meta', 'standing')).toMatchObject({ epoch: 'two' });
    expect(await storage.get('windows', 'room')).toBeUndefined();
    s.node.changeSelf('ann', 'new', { draft: 'heard' });
    await settle();
    expect(s.chat.conversation('new').info.get()?.self?.draft).toBe('heard');
  });

  test('opens with its last state while there is no network', async () => {
    const storage = memoryStorage();
    const s = await room({ storage });
    s.node.send('room', 'bob', 'seen before');
    await s.clock.advance(1000);
    await s.chat.disconnect();
    s.node.reachable = false;
    const again = s.client({ storage });
    await again.connect();
    const handle = again.conversation('room');
    await handle.timeline.load();
    expect(texts(handle)).toEqual(['seen before']);
    expect(again.conversations.get().items.map((c) => c.id)).toEqual(['room']);
    expect(again.me.get()?.id).toBe('ann');
  });

  test('a conversation that I left disappears with its cache', async () => {
    const s = await room();
    s.node.leave('ann', 'room');
    await settle();
    expect(s.chat.conversations.get().items).toEqual([]);
    expect(s.handle.info.get()).toBeUndefined();
  });
});

describe('optimistic changes', () => {
  test('an edit is shown at once and rolled back when it is refused', async () => {
    const s = await room();
    await s.handle.send('old').sent;
    await s.handle.edit(1, 'new');
    expect(texts(s.handle)).toEqual(['new']);
    s.node.fault = (op) => (op === 'messages.edit' ? 'too_late' : undefined);
    const edit = s.handle.edit(1, 'newest');
    expect(texts(s.handle)).toEqual(['newest']);
    await expect(edit).rejects.toMatchObject({ code: 'too_late' });
    expect(texts(s.handle)).toEqual(['new']);
    expectInStep(s.chat, s.handle, s.log);
  });

  test('a reaction is counted at once and once', async () => {
    const s = await room();
    s.node.send('room', 'bob', 'm1');
    await settle();
    const reacting = s.handle.react(1, '👍');
    expect(s.handle.timeline.messages()[0]).toMatchObject({
      reactions: [{ emoji: '👍', count: 1 }],
      mine: ['👍'],
    });
    await reacting;
    await s.clock.advance(5000);
    expectInStep(s.chat, s.handle, s.log);
  });

  test('a pin is shown at once and rolled back', async () => {
    const s = await room();
    s.node.fault = (op) => (op === 'members.updateSelf' ? 'limit_reached' : undefined);
    const pin = s.handle.updateSelf({ pinned: true });
    expect(s.handle.info.get()?.self?.pinnedAt).not.toBeNull();
    await expect(pin).rejects.toMatchObject({ code: 'limit_reached' });
    expect(s.handle.info.get()?.self?.pinnedAt).toBeNull();
  });

  test('what I delete for me is gone for me', async () => {
    const s = await room();
    for (const id of ['m1', 'm2']) s.node.send('room', 'bob', id);
    await settle();
    await s.handle.delete([2]);
    await s.clock.advance(2000);
    expect(texts(s.handle)).toEqual(['m1']);
    expectInStep(s.chat, s.handle, s.log);
  });
});

describe('played marks', () => {
  test('are shown at once, told to my other devices, and rolled back when they are refused', async () => {
    const s = await room();
    for (const id of ['m1', 'm2']) s.node.send('room', 'bob', id);
    const other = s.client();
    await other.signIn({ token: 'ann' });
    const there = other.conversation('room');
    there.timeline.subscribe(() => {});
    await settle();
    const marks = (handle: ConversationHandle) => handle.timeline.messages().map(({ played }) => played);
    const done = s.handle.played(1);
    expect(marks(s.handle)).toEqual([true, false]);
    await done;
    await settle();
    expect([marks(s.handle), marks(there)]).toEqual([
      [true, false],
      [true, false],
    ]);
    s.node.fault = (op) => (op === 'messages.played' ? 'not_found' : undefined);
    await expect(s.handle.played(2)).rejects.toMatchObject({ code: 'not_found' });
    expect(marks(s.handle)).toEqual([true, false]);
  });

  test('[L7] are in what is stored, and learned from a sync where the event was missed', async () => {
    const storage = memoryStorage();
    const s = await room({ storage });
    for (const id of ['m1', 'm2', 'm3']) s.node.send('room', 'bob', id);
    await s.handle.played(1);
    await s.clock.advance(1000);
    await s.chat.disconnect();
    const other = s.client();
    await other.signIn({ token: 'ann' });
    await other.call('messages.played', { conversation: 'room', n: 3 });
    const again = s.client({ storage });
    await again.connect();
    await s.clock.advance(1000);
    expect(await storage.get('windows', 'room')).toMatchObject({ played: [1, 3] });
    await again.disconnect();
    s.node.reachable = false;
    const offline = s.client({ storage });
    await offline.connect();
    const handle = offline.conversation('room');
    await handle.timeline.load();
    expect(handle.timeline.messages().map(({ played }) => played)).toEqual([true, false, true]);
  });

  test('are absent from what an older version of the client stored', async () => {
    const storage = memoryStorage();
    const s = await room({ storage });
    s.node.send('room', 'bob', 'm1');
    await s.clock.advance(1000);
    await s.chat.disconnect();
    const { played: _, ...older } = (await storage.get('windows', 'room')) as { played: number[] };
    await storage.transaction([{ put: 'windows', key: 'room', value: older }]);
    s.node.reachable = false;
    const again = s.client({ storage });
    await again.connect();
    const handle = again.conversation('room');
    await handle.timeline.load();
    expect(handle.timeline.messages().map(({ played }) => played)).toEqual([false]);
  });
});

describe('stores', () => {
  test('a new message tells the timeline and no other row', async () => {
    const s = await room();
    s.node.send('room', 'bob', 'm1');
    await settle();
    let rows = 0;
    let lists = 0;
    s.handle.timeline.message('m1').subscribe(() => (rows += 1));
    s.handle.timeline.subscribe(() => (lists += 1));
    const first = s.handle.timeline.message('m1').get();
    s.node.send('room', 'bob', 'm2');
    await settle();
    expect([rows, lists]).toEqual([0, 1]);
    expect(s.handle.timeline.message('m1').get()).toBe(first as NonNullable<typeof first>);
    s.node.publish(s.log, s.log.edit(1, 'edited'));
    await settle();
    expect([rows, lists]).toEqual([1, 1]);
  });

  test('presence is followed while someone listens', async () => {
    const s = await room();
    const presence = s.chat.presence(['bob']);
    const stop = presence.subscribe(() => {});
    await settle();
    expect(presence.get().get('bob')?.state).toBe('online');
    stop();
    await settle();
    expect(count(s, 'presence.unsubscribe')).toBe(1);
  });

  test('presence that the node could not tell is asked for again', async () => {
    const s = await room();
    let refusals = 1;
    s.node.fault = (op) => (op === 'presence.subscribe' && refusals-- > 0 ? 'busy' : undefined);
    const presence = s.chat.presence(['bob']);
    const stop = presence.subscribe(() => {});
    await settle();
    expect(presence.get().size).toBe(0);
    await s.clock.advance(1000);
    await settle();
    expect(presence.get().get('bob')?.state).toBe('online');
    stop();
  });

  test('profiles that are asked for together are fetched together', async () => {
    const s = await room();
    const before = count(s, 'users.get');
    const [bob, eve] = [s.chat.users.get('bob'), s.chat.users.get('eve')];
    await settle();
    expect([bob.get()?.name, eve.get()?.name]).toEqual(['bob', 'eve']);
    expect(count(s, 'users.get') - before).toBe(1);
  });
});

describe('receipts and typing', () => {
  test('[L6] what arrives is marked as delivered at once, then at most once a second', async () => {
    const s = await room();
    for (let i = 1; i <= 10; i += 1) {
      s.node.send('room', 'bob', `m${i}`);
      await settle();
    }
    expect(count(s, 'receipts.mark')).toBe(1);
    await s.clock.advance(1500);
    expect(count(s, 'receipts.mark')).toBe(2);
    expect(s.log.self('ann').deliveredN).toBe(10);
    s.handle.markRead(7);
    expect(s.handle.info.get()?.unread).toBe(3);
    s.handle.markRead(4);
    await s.clock.advance(3000);
    expect(s.log.self('ann').readN).toBe(7);
  });

  test('a conversation that was read a moment ago and is flagged as unread stays flagged', async () => {
    const s = await room();
    s.node.send('room', 'bob', 'hello');
    await settle();
    // The mark of what was read has to wait for its turn, as what arrived was just marked as delivered.
    s.handle.markRead();
    await s.handle.updateSelf({ markedUnread: true });
    await s.clock.advance(3000);
    expect(s.log.self('ann')).toMatchObject({ readN: 1, markedUnread: true });
    expect(s.handle.info.get()?.self?.markedUnread).toBe(true);
  });

  test('typing is said every 3 s and ends 5 s after the last key; that of others lapses', async () => {
    const s = await room();
    for (let i = 0; i < 4; i += 1) {
      s.handle.setTyping(true);
      await s.clock.advance(1000);
    }
    await s.clock.advance(5000);
    const said = s.node.requests
      .filter((r) => r.op === 'typing.set')
      .map((r) => (r.input as unknown as { typing: boolean }).typing);
    expect(said).toEqual([true, true, false]);
    s.node.tell('ann', {
      event: 'typing.changed',
      data: { conversation: 'room', user: 'bob', typing: true },
    });
    await settle();
    expect(s.handle.typing.get()).toEqual(['bob']);
    await s.clock.advance(6000);
    expect(s.handle.typing.get()).toEqual([]);
  });
});

describe('connection', () => {
  test('a node that falls silent is found within 30 s and replaced', async () => {
    const s = await room();
    s.node.fault = () => 'lost';
    await s.clock.advance(29_999);
    expect(s.chat.connection.get().state).toBe('online');
    await s.clock.advance(1);
    expect(s.chat.connection.get().state).toBe('waiting');
    s.node.fault = () => undefined;
    await s.clock.advance(2000);
    expect(s.chat.connection.get().state).toBe('online');
  });

  test('no network is waited for without attempts', async () => {
    const s = await room();
    s.device.set({ online: false });
    expect(s.chat.connection.get().state).toBe('offline');
    const before = count(s, 'session.open');
    await s.clock.advance(120_000);
    expect(count(s, 'session.open')).toBe(before);
    s.device.set({ online: true });
    await settle();
    expect(s.chat.connection.get().state).toBe('online');
  });

  test('an access token is replaced before its end, over the open session', async () => {
    const s = await room();
    await s.clock.advance(14 * 60_000 + 1000);
    expect(count(s, 'auth.refresh')).toBe(1);
    expect(count(s, 'session.refresh')).toBe(1);
    expect(count(s, 'session.open')).toBe(1);
  });

  test('a device that was signed out forgets everything', async () => {
    const storage = memoryStorage();
    const s = await room({ storage });
    s.node.send('room', 'bob', 'm1');
    await s.clock.advance(1000);
    s.node.cut(CLOSE.signedOut);
    await settle();
    expect(s.chat.connection.get().state).toBe('signedOut');
    expect(s.chat.conversations.get().items).toEqual([]);
    expect(s.chat.me.get()).toBeUndefined();
    for (const table of ['meta', 'conversations', 'windows', 'outbox'] as const)
      expect(await storage.all(table)).toEqual([]);
  });

  test('a refresh token that was refused asks the host app for a new sign-in', async () => {
    let asked = 0;
    const s = await room();
    const chat = s.client({
      auth: async () => {
        asked += 1;
        return 'ann';
      },
    });
    await chat.connect();
    await settle();
    expect([asked, chat.connection.get().state]).toEqual([1, 'online']);
    s.node.refreshTokens.clear();
    s.node.cut(CLOSE.tokenExpired);
    await settle();
    expect([asked, chat.connection.get().state]).toEqual([2, 'online']);
  });
});
