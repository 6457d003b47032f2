import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { LIMITS, type Output } from '@inlay-im/protocol';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

/** A group of an owner, two admins and two members, by the names `<id>.o`, `.a1`, `.a2`, `.m1`, `.m2`. */
async function group(id: string, more: object = {}) {
  const [o, a1, a2, m1, m2] = ['o', 'a1', 'a2', 'm1', 'm2'].map((x) => `${id}.${x}`) as [
    string,
    string,
    string,
    string,
    string,
  ];
  await node.as(o, 'conversations.create', { id, kind: 'group', members: [a1, a2, m1, m2], ...more });
  for (const user of [a1, a2]) await node.as(o, 'members.setRole', { conversation: id, user, role: 'admin' });
  return { conversation: id, o, a1, a2, m1, m2 };
}

const roles = async (conversation: string, asks: string) =>
  Object.fromEntries(
    (await node.as(asks, 'members.list', { conversation })).members.map((m) => [
      m.user.split('.')[1],
      m.role,
    ]),
  );

/** The revisions of everything that a peer was told of a conversation. */
const revs = (events: { data: object }[]) =>
  events.flatMap((e) => ('rev' in e.data && 'conversation' in e.data ? [e.data.rev as number] : []));

describe('adding and removing', () => {
  test('admins add; those who are in stay as they are; everyone is told once with dense revisions', async () => {
    const { conversation, o, a1, m1 } = await group('add');
    const [old, fresh] = [await node.peer(m1), await node.peer('add.new')];
    const { rev } = (await old.call('conversations.get', { conversation })).conversation;
    const users = ['add.new', m1, 'add.new'];
    const first = await node.as(a1, 'members.add', { conversation, users });
    expect(first).toMatchObject({ added: ['add.new'], conversation: { memberCount: 6, rev: rev + 2 } });
    const again = await node.as(o, 'members.add', { conversation, users });
    expect(again).toMatchObject({ added: [], conversation: { rev: rev + 2 } });
    const change = await old.event('member.changed');
    expect(change).toMatchObject({
      rev: rev + 1,
      memberCount: 6,
      members: [{ user: 'add.new', role: 'member', left: false }],
    });
    await old.event('message.new', (e) => e.rev === rev + 2);
    const joined = await fresh.event('conversation.joined');
    expect(joined.conversation).toMatchObject({ rev: rev + 2, self: { role: 'member' } });
    expect((await fresh.call('conversations.unread', {})).messages).toBe(0);
  });

  test('each may remove only who stands below', async () => {
    const { conversation, o, a1, a2, m1, m2 } = await group('rank');
    const remove = (who: string, ...users: string[]) =>
      codeOf(node.as(who, 'members.remove', { conversation, users }));
    expect(await remove(m1, m2)).toBe('forbidden');
    expect(await remove(m1, m1)).toBe('forbidden');
    expect(await remove(a1, a2)).toBe('forbidden');
    expect(await remove(a1, o)).toBe('forbidden');
    expect(await remove(o, o)).toBe('forbidden');
    expect(await remove(a1, m1, a2)).toBe('forbidden');
    expect(await remove('rank.stranger', m1)).toBe('not_found');
    expect(Object.keys(await roles(conversation, o))).toHaveLength(5);
    expect(await remove(a1, m1, 'rank.never')).toBe('ok');
    expect(await remove(a1, m1)).toBe('ok');
    expect(await remove(o, a1, a2)).toBe('ok');
    expect(await roles(conversation, o)).toEqual({ o: 'owner', m2: 'member' });
    expect(await codeOf(node.as(m1, 'messages.list', { conversation }))).toBe('not_found');
    expect(await codeOf(node.as(a1, 'conversations.get', { conversation }))).toBe('not_found');
  });

  test('a direct conversation neither grows nor shrinks', async () => {
    await node.as('pair.a', 'conversations.direct', { user: 'pair.b' });
    const conversation = 'direct:pair.a,pair.b';
    expect(await codeOf(node.as('pair.a', 'members.add', { conversation, users: ['x'] }))).toBe('forbidden');
    expect(await codeOf(node.as('pair.a', 'members.remove', { conversation, users: ['pair.b'] }))).toBe(
      'forbidden',
    );
    expect(await codeOf(node.as('pair.a', 'members.leave', { conversation }))).toBe('forbidden');
    expect(
      await codeOf(node.as('pair.a', 'members.transferOwnership', { conversation, user: 'pair.b' })),
    ).toBe('forbidden');
  });

  test('more than a hundred new members are told as a number, and all of them can read', async () => {
    const { conversation, o, m1 } = await group('mass');
    const peer = await node.peer(m1);
    const users = Array.from({ length: 101 }, (_, i) => `mass.x${i}`);
    await node.as(o, 'members.add', { conversation, users });
    expect(await peer.event('member.changed')).toMatchObject({ members: null, memberCount: 106 });
    const system = await peer.event('message.new', (e) => e.message.body?.kind === 'system');
    expect(system.message.body).toMatchObject({
      event: 'membersAdded',
      count: 101,
      users: users.slice(0, 10),
    });
    expect(await codeOf(node.as('mass.x100', 'messages.list', { conversation }))).toBe('ok');
  });
});

describe('the list', () => {
  test('is paged in the order of joining without loss, and filtered by role', async () => {
    const { conversation, o, a1, a2 } = await group('paged');
    for (let i = 0; i < 12; i++) await node.as(o, 'members.add', { conversation, users: [`paged.x${i}`] });
    const all: string[] = [];
    let next: string | null = null;
    do {
      const page: Output<'members.list'> = await node.as(o, 'members.list', {
        conversation,
        limit: 4,
        ...(next === null ? {} : { next }),
      });
      all.push(...page.members.map((m) => m.user));
      next = page.next;
    } while (next !== null);
    expect(all).toHaveLength(17);
    expect(new Set(all).size).toBe(17);
    expect(all.slice(5)).toEqual(Array.from({ length: 12 }, (_, i) => `paged.x${i}`));
    const admins = await node.as(o, 'members.list', { conversation, roles: ['admin', 'owner'] });
    expect(admins.members.map((m) => m.user).sort()).toEqual([a1, a2, o]);
    expect(await codeOf(node.as('paged.not', 'members.list', { conversation }))).toBe('not_found');
    for (const bad of ['x', '1', '999999999999999.x', '1.\u{1F98A}']) {
      expect(['ok', 'invalid_input']).toContain(
        await codeOf(node.as(o, 'members.list', { conversation, next: bad })),
      );
    }
  });
});

describe('roles', () => {
  test('only the owner gives roles; giving the same twice says nothing new', async () => {
    const { conversation, o, a1, m1, m2 } = await group('roles');
    const set = (who: string, user: string, role: 'admin' | 'member') =>
      codeOf(node.as(who, 'members.setRole', { conversation, user, role }));
    for (const who of [a1, m1]) expect(await set(who, m2, 'admin')).toBe('forbidden');
    expect(await set(o, o, 'member')).toBe('forbidden');
    expect(await set(o, 'roles.not', 'admin')).toBe('not_found');
    const peer = await node.peer(m1);
    expect(await set(o, m1, 'admin')).toBe('ok');
    expect((await peer.event('self.changed')).self.role).toBe('admin');
    expect(await set(o, m1, 'admin')).toBe('ok');
    await peer.call('session.ping', {});
    expect(peer.of('message.new').filter((e) => e.message.body?.kind === 'system')).toHaveLength(1);
    expect(await codeOf(peer.call('members.add', { conversation, users: ['roles.more'] }))).toBe('ok');
    expect(await set(o, m1, 'member')).toBe('ok');
    expect(await codeOf(peer.call('members.add', { conversation, users: ['roles.even'] }))).toBe('forbidden');
  });

  test('ownership is handed over by the owner alone, to a member', async () => {
    const { conversation, o, a1, m1 } = await group('hand');
    const give = (who: string, user: string) =>
      codeOf(node.as(who, 'members.transferOwnership', { conversation, user }));
    expect(await give(a1, a1)).toBe('forbidden');
    expect(await give(o, 'hand.not')).toBe('not_found');
    expect(await give(o, o)).toBe('ok');
    expect(await give(o, m1)).toBe('ok');
    expect(await roles(conversation, o)).toMatchObject({ o: 'admin', m1: 'owner', a1: 'admin' });
    expect(await give(o, a1)).toBe('forbidden');
  });

  test('when the owner leaves, the longest-standing admin follows, then the longest-standing member, then nobody', async () => {
    const { conversation, o, a1, a2, m1, m2 } = await group('heirs');
    const leave = (who: string) => node.as(who, 'members.leave', { conversation });
    const witness = await node.peer(m2);
    const { rev } = (await witness.call('conversations.get', { conversation })).conversation;
    await leave(o);
    expect(await roles(conversation, m2)).toEqual({ a1: 'owner', a2: 'admin', m1: 'member', m2: 'member' });
    await witness.event(
      'message.new',
      (e) => e.message.body?.kind === 'system' && e.message.body.event === 'ownerChanged',
    );
    expect(revs(witness.events)).toEqual([1, 2, 3, 4].map((k) => rev + k));
    await leave(a1);
    await leave(a2);
    expect(await roles(conversation, m2)).toEqual({ m1: 'owner', m2: 'member' });
    await leave(m1);
    await leave(m2);
    const row = await node.db
      .selectFrom('conversations')
      .select('member_count')
      .where('id', '=', conversation)
      .executeTakeFirstOrThrow();
    expect(row.member_count).toBe(0);
    expect(await codeOf(leave(m2))).toBe('not_found');
  });

  test('two owners who leave each other their groups at the same moment both get through', async () => {
    for (let round = 0; round < 15; round++) {
      const [x, y] = [`cross${round}.x`, `cross${round}.y`];
      const [gx, gy] = [`${x}.g`, `${y}.g`];
      await node.as(x, 'conversations.create', { id: gx, kind: 'group', members: [y] });
      await node.as(y, 'conversations.create', { id: gy, kind: 'group', members: [x] });
      const ends = await Promise.all([
        codeOf(node.as(x, 'members.leave', { conversation: gx })),
        codeOf(node.as(y, 'members.leave', { conversation: gy })),
      ]);
      expect(ends).toEqual(['ok', 'ok']);
    }
  });
});

describe('what new members see', () => {
  test.each(['joined', 'start'] as const)('history from %s', async (history) => {
    const { conversation, o } = await group(`hist.${history}`, { history });
    const { n } = await node.as(o, 'messages.send', message(conversation, 'before'));
    await node.as(o, 'reactions.add', { conversation, n, emoji: '👍' });
    const late = `${conversation}.late`;
    await node.as(o, 'members.add', { conversation, users: [late] });
    const after = await node.as(o, 'messages.send', message(conversation, 'after'));
    const seen = (await node.as(late, 'messages.list', { conversation })).messages.map((m) => m.n);
    expect(seen).toEqual(
      history === 'start' ? Array.from({ length: after.n }, (_, i) => i + 1) : [n + 1, n + 2],
    );
    const old = { conversation, n };
    const expected = history === 'start' ? 'ok' : 'not_found';
    expect(await codeOf(node.as(late, 'messages.get', old))).toBe(expected);
    expect(await codeOf(node.as(late, 'messages.edits', old))).toBe(expected);
    expect(await codeOf(node.as(late, 'reactions.list', old))).toBe(expected);
    expect(await codeOf(node.as(late, 'reactions.add', { ...old, emoji: '👍' }))).toBe(expected);
    const changes = await node.as(late, 'conversations.changes', { conversation, rev: 0, n: 0 });
    expect(changes.messages.some((m) => m.n === n)).toBe(history === 'start');
    expect(await node.as(late, 'conversations.unread', {})).toMatchObject({ messages: 1 });
  });

  test('who comes back sees what comes from then on, as an ordinary member, and nothing of the time between', async () => {
    const { conversation, o, a1 } = await group('back');
    await node.as(a1, 'members.updateSelf', { conversation, pinned: true, draft: 'unsent', archived: true });
    await node.as(o, 'members.remove', { conversation, users: [a1] });
    const missed = await node.as(o, 'messages.send', message(conversation, 'between'));
    const peer = await node.peer(a1);
    await node.as(o, 'members.add', { conversation, users: [a1] });
    const { self } = (await peer.event('conversation.joined')).conversation;
    expect(self).toMatchObject({ role: 'member', pinnedAt: null, draft: null, archived: false });
    expect(await codeOf(peer.call('messages.get', { conversation, n: missed.n }))).toBe('not_found');
    const { n } = await node.as(o, 'messages.send', message(conversation, 'again'));
    await peer.event('message.new', (e) => e.message.n === n);
  });
});

describe('my own side', () => {
  test('mute, pin, archive, hide, draft and the unread flag are in step on my devices, and nobody else hears of them', async () => {
    const { conversation, m1, m2 } = await group('own');
    const [here, there, other] = [await node.peer(m1), await node.peer(m1), await node.peer(m2)];
    const wishes = [
      { mutedUntil: 4_000_000_000_000 },
      { pinned: true },
      { archived: true },
      { hidden: true },
      { draft: 'Hel' },
      { markedUnread: true },
    ];
    let rev = here.opened.me.rev;
    for (const wish of wishes) {
      const { self } = await here.call('members.updateSelf', { conversation, ...wish });
      expect(self.rev).toBe(++rev);
      expect(await there.event('self.changed', (e) => e.userRev === rev)).toEqual({
        userRev: rev,
        conversation,
        self,
      });
    }
    const off = {
      mutedUntil: null,
      pinned: false,
      archived: false,
      hidden: false,
      draft: '',
      markedUnread: false,
    };
    const { self } = await here.call('members.updateSelf', { conversation, ...off });
    expect(self).toMatchObject({
      mutedUntil: null,
      pinnedAt: null,
      archived: false,
      hiddenN: null,
      draft: null,
      markedUnread: false,
    });
    await other.call('session.ping', {});
    expect(other.events).toEqual([]);
  });

  test('a nickname is seen by all', async () => {
    const { conversation, m1, m2 } = await group('nick');
    const other = await node.peer(m2);
    const { rev } = (await other.call('conversations.get', { conversation })).conversation;
    await node.as(m1, 'members.updateSelf', { conversation, nickname: 'Moe' });
    expect(await other.event('member.changed')).toMatchObject({
      rev: rev + 1,
      members: [{ user: m1, nickname: 'Moe' }],
    });
  });

  test('pins are bounded, also when they are set at the same moment', async () => {
    const ids = Array.from({ length: LIMITS.pinnedConversations + 5 }, (_, i) => `pin${i}`);
    for (const id of ids) await node.as('pinner', 'conversations.create', { id, kind: 'group' });
    const peer = await node.peer('pinner');
    const ends = await Promise.all(
      ids.map((conversation) => codeOf(peer.call('members.updateSelf', { conversation, pinned: true }))),
    );
    expect(ends.filter((e) => e === 'ok')).toHaveLength(LIMITS.pinnedConversations);
    expect(ends.filter((e) => e === 'limit_reached')).toHaveLength(5);
    const pinned = ids[ends.indexOf('ok')] as string;
    expect(await codeOf(peer.call('members.updateSelf', { conversation: pinned, pinned: true }))).toBe('ok');
  });
});
