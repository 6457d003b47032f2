import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Output } from '@inlay-im/protocol';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

const ids = (page: { conversations: { id: string }[] }) => page.conversations.map((c) => c.id);

describe('beginning', () => {
  test('a direct conversation is one, whichever side begins and however often at once', async () => {
    for (let round = 0; round < 10; round++) {
      const [x, y] = [`dx${round}`, `dy${round}`];
      const all = await Promise.all([
        node.as(x, 'conversations.direct', { user: y }),
        node.as(y, 'conversations.direct', { user: x }),
        node.as(x, 'messages.send', message(`direct:${x},${y}`, 'hi')),
        node.as(y, 'messages.send', message(`direct:${x},${y}`, 'hi')),
      ]);
      expect(all[0].conversation.id).toBe(`direct:${x},${y}`);
      const rows = await node.db
        .selectFrom('conversations')
        .select(['pk', 'member_count'])
        .where('id', '=', `direct:${x},${y}`)
        .execute();
      expect(rows.map((r) => r.member_count)).toEqual([2]);
    }
  });

  test('the other side of a direct conversation sees it in the list with the first message', async () => {
    await node.as('opener', 'conversations.direct', { user: 'opened' });
    expect(ids(await node.as('opener', 'conversations.list', {}))).toEqual(['direct:opened,opener']);
    expect(ids(await node.as('opened', 'conversations.list', {}))).toEqual([]);
    await node.as('opener', 'messages.send', message('direct:opened,opener', 'hi'));
    const page = await node.as('opened', 'conversations.list', {});
    expect(page.conversations[0]).toMatchObject({
      id: 'direct:opened,opener',
      peer: { id: 'opener' },
      lastN: 1,
    });
  });

  test('notes to oneself are a direct conversation with one member', async () => {
    const { conversation } = await node.as('solo', 'conversations.direct', { user: 'solo' });
    expect(conversation).toMatchObject({ id: 'direct:solo,solo', memberCount: 1, peer: { id: 'solo' } });
    const phone = await node.peer('solo');
    await node.as('solo', 'messages.send', message('direct:solo,solo', 'note'));
    expect((await phone.event('message.new')).message.n).toBe(1);
    expect(await node.as('solo', 'conversations.unread', {})).toEqual({
      messages: 0,
      conversations: 0,
      mutedMessages: 0,
    });
  });

  test('a group tells each of its members, who then see what follows with dense revisions', async () => {
    const [me, you] = [await node.peer('founder'), await node.peer('invited')];
    const { conversation, created } = await me.call('conversations.create', {
      ...{ kind: 'group', title: ' Plans ', members: ['invited', 'invited', 'founder'] },
      custom: { team: 7 },
    });
    expect(created).toBe(true);
    expect(conversation).toMatchObject({
      title: 'Plans',
      memberCount: 2,
      custom: { team: 7 },
      lastN: 1,
      self: { role: 'owner' },
    });
    const joined = await you.event('conversation.joined');
    expect(joined.conversation).toMatchObject({
      id: conversation.id,
      rev: conversation.rev,
      self: { role: 'member' },
    });
    expect(joined.conversation.preview?.body).toMatchObject({ kind: 'system', event: 'created' });
    await me.call('messages.send', message(conversation.id, 'go'));
    expect((await you.event('message.new', (e) => e.message.sender === 'founder')).rev).toBe(
      conversation.rev + 1,
    );
    expect(await node.as('invited', 'conversations.unread', {})).toMatchObject({
      messages: 1,
      conversations: 1,
    });
  });

  test('creating again with the same id gives what is there to its owner, and a conflict to others', async () => {
    const input = { id: 'again', kind: 'group' as const, members: ['again.b'] };
    const [one, two] = await Promise.all([
      node.as('again.a', 'conversations.create', input),
      node.as('again.a', 'conversations.create', input),
    ]);
    expect([one.created, two.created].sort()).toEqual([false, true]);
    expect(await codeOf(node.as('again.b', 'conversations.create', input))).toBe('conflict');
    expect(await codeOf(node.as('again.a', 'conversations.create', { ...input, kind: 'channel' }))).toBe(
      'conflict',
    );
    expect(await codeOf(node.as('again.a', 'conversations.create', { ...input, id: 'direct:x' }))).toBe(
      'invalid_input',
    );
  });
});

describe('changing', () => {
  test('admins change it and all are told with dense revisions; members and outsiders may not', async () => {
    await node.as('up.owner', 'conversations.create', { id: 'up', kind: 'group', members: ['up.member'] });
    const member = await node.peer('up.member');
    const before = (await member.call('conversations.get', { conversation: 'up' })).conversation;
    const change = {
      conversation: 'up',
      title: 'New',
      avatar: 'https://example.com/a.png',
      posting: 'admins' as const,
    };
    const { conversation } = await node.as('up.owner', 'conversations.update', change);
    expect(conversation).toMatchObject({ title: 'New', posting: 'admins', rev: before.rev + 4 });
    await member.event('message.new', (e) => e.rev === conversation.rev);
    const revs = member.events.flatMap((e) => ('rev' in e.data ? [e.data.rev] : []));
    expect(revs).toEqual([1, 2, 3, 4].map((k) => before.rev + k));
    expect((await member.event('conversation.changed')).info).toMatchObject({
      title: 'New',
      posting: 'admins',
    });
    expect(
      await codeOf(node.as('up.member', 'conversations.update', { conversation: 'up', title: 'x' })),
    ).toBe('forbidden');
    expect(await codeOf(node.as('nobody', 'conversations.update', { conversation: 'up', title: 'x' }))).toBe(
      'not_found',
    );
    await node.as('up.owner', 'conversations.direct', { user: 'up.member' });
    const direct = { conversation: 'direct:up.member,up.owner', title: 'x' };
    expect(await codeOf(node.as('up.owner', 'conversations.update', direct))).toBe('forbidden');
    const cleared = await node.as('up.owner', 'conversations.update', {
      conversation: 'up',
      title: null,
      avatar: null,
    });
    expect(cleared.conversation).toMatchObject({ title: null, avatar: null });
  });

  test('changes since a revision give each changed thing once and end at what a fresh look gives', async () => {
    const me = await node.peer('ch.a');
    const conversation = 'direct:ch.a,ch.b';
    for (let i = 0; i < 10; i++) await me.call('messages.send', message(conversation, `${i}`));
    const known = (await me.call('conversations.get', { conversation })).conversation;
    for (const n of [2, 3, 2, 2])
      await me.call('messages.edit', { conversation, n, body: { kind: 'text', text: `edit of ${n}` } });
    for (let i = 10; i < 25; i++) await me.call('messages.send', message(conversation, `${i}`));
    await me.call('messages.edit', { conversation, n: 20, body: { kind: 'text', text: 'new and edited' } });
    const found = new Map<number, unknown>();
    const seen: number[] = [];
    let at: { rev: number; n: number } | null = { rev: known.rev, n: known.lastN };
    let pages = 0;
    while (at !== null) {
      const page: Output<'conversations.changes'> = await me.call('conversations.changes', {
        conversation,
        ...at,
        limit: 4,
      });
      for (const m of page.messages) {
        found.set(m.n, m);
        seen.push(m.n);
      }
      at = page.next;
      expect(++pages).toBeLessThan(20);
    }
    const all = await me.call('messages.list', { conversation, limit: 200 });
    const expected = all.messages.filter((m) => m.rev > known.rev);
    expect([...found.values()]).toBeArrayOfSize(expected.length);
    for (const m of expected) expect(found.get(m.n)).toEqual(m);
    expect(seen.filter((n) => n === 2)).toHaveLength(1);
  });
});

describe('the list', () => {
  test('is paged to the end without loss, pinned ones first, latest activity next', async () => {
    const names = Array.from({ length: 23 }, (_, i) => `list${i}`);
    for (const id of names) await node.as('lister', 'conversations.create', { id, kind: 'group' });
    for (const id of ['list3', 'list9'])
      await node.as('lister', 'members.updateSelf', { conversation: id, pinned: true });
    await node.as('lister', 'messages.send', message('list5', 'latest'));
    const all: string[] = [];
    let next: string | null = null;
    do {
      const page: Output<'conversations.list'> = await node.as('lister', 'conversations.list', {
        limit: 4,
        ...(next === null ? {} : { next }),
      });
      all.push(...ids(page));
      next = page.next;
    } while (next !== null);
    const rest = names.filter((id) => !['list3', 'list9', 'list5'].includes(id)).reverse();
    expect(all).toEqual(['list9', 'list3', 'list5', ...rest]);
    expect(await codeOf(node.as('lister', 'conversations.list', { next: 'nonsense' }))).toBe('invalid_input');
  });

  test('filters by unread, pin, archive, hiding and kind', async () => {
    const me = 'filterer';
    for (const [id, kind] of [
      ['f.g', 'group'],
      ['f.c', 'channel'],
      ['f.p', 'group'],
      ['f.a', 'group'],
      ['f.h', 'group'],
    ] as const) {
      await node.as('filter.host', 'conversations.create', { id, kind, members: [me] });
    }
    await node.as('filter.host', 'messages.send', message(`direct:filter.host,${me}`, 'unread'));
    await node.as(me, 'members.updateSelf', { conversation: 'f.p', pinned: true });
    await node.as(me, 'members.updateSelf', { conversation: 'f.a', archived: true });
    await node.as(me, 'members.updateSelf', { conversation: 'f.h', hidden: true });
    const list = async (filter: object) => ids(await node.as(me, 'conversations.list', { filter })).sort();
    expect(await list({})).toEqual([`direct:filter.host,${me}`, 'f.c', 'f.g', 'f.p']);
    expect(await list({ unread: true })).toEqual([`direct:filter.host,${me}`]);
    expect(await list({ unread: false })).toEqual(['f.c', 'f.g', 'f.p']);
    expect(await list({ pinned: true })).toEqual(['f.p']);
    expect(await list({ pinned: false, kind: 'group' })).toEqual(['f.g']);
    expect(await list({ archived: true })).toEqual(['f.a']);
    expect(await list({ hidden: true })).toEqual(['f.h']);
    await node.as('filter.host', 'messages.send', message('f.h', 'it comes back'));
    expect(await list({ hidden: true })).toEqual([]);
    expect(await list({ unread: true })).toEqual([`direct:filter.host,${me}`, 'f.h']);
  });

  test('unread totals leave muted and archived ones apart and count what is marked by hand', async () => {
    const me = 'counter';
    const [plain, muted, archived, marked] = ['n.plain', 'n.muted', 'n.archived', 'n.marked'] as const;
    for (const id of [plain, muted, archived, marked]) {
      await node.as('counted', 'conversations.create', { id, kind: 'group', members: [me] });
    }
    for (const id of [plain, plain, muted, archived])
      await node.as('counted', 'messages.send', message(id, 'x'));
    await node.as(me, 'members.updateSelf', { conversation: muted, mutedUntil: Date.now() + 60_000 });
    await node.as(me, 'members.updateSelf', { conversation: archived, archived: true });
    await node.as(me, 'members.updateSelf', { conversation: marked, markedUnread: true });
    expect(await node.as(me, 'conversations.unread', {})).toEqual({
      messages: 2,
      conversations: 2,
      mutedMessages: 2,
    });
    await node.as(me, 'receipts.mark', { conversation: marked, readN: 1 });
    await node.as(me, 'messages.send', message(plain, 'writing is reading'));
    expect(await node.as(me, 'conversations.unread', {})).toEqual({
      messages: 0,
      conversations: 0,
      mutedMessages: 2,
    });
  });
});

describe('clearing', () => {
  test('is for me alone, on all my devices, and the mark only grows [L6]', async () => {
    const conversation = 'direct:cl.a,cl.b';
    const [me, phone] = [await node.peer('cl.a'), await node.peer('cl.a')];
    for (let i = 0; i < 5; i++) await me.call('messages.send', message(conversation, `${i}`));
    const numbers = async () => (await me.call('messages.list', { conversation })).messages.map((m) => m.n);
    await me.call('conversations.clear', { conversation, upTo: 3 });
    expect((await phone.event('self.changed', (e) => e.self.clearedN === 3)).conversation).toBe(conversation);
    expect(await numbers()).toEqual([4, 5]);
    expect((await me.call('conversations.clear', { conversation, upTo: 1 })).self.clearedN).toBe(3);
    expect((await me.call('conversations.clear', { conversation, upTo: 99 })).self.clearedN).toBe(5);
    expect(await numbers()).toEqual([]);
    expect(await codeOf(me.call('messages.get', { conversation, n: 4 }))).toBe('not_found');
    const view = await me.call('conversations.get', { conversation });
    expect(view.conversation.preview).toBeNull();
    const theirs = await node.as('cl.b', 'messages.list', { conversation });
    expect(theirs.messages).toHaveLength(5);
  });
});
