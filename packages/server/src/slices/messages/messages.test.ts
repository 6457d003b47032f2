import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { ManualClock } from '../../testing/manual-clock.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message, text } from '../../testing/scene.ts';

let node: TestNode;
const clock = new ManualClock(Date.now());
beforeAll(async () => {
  node = await startTestNode({ clock });
});
afterAll(() => node.stop());

/** A group with its owner, an admin and a member. */
async function group(name: string): Promise<{ id: string; owner: string; admin: string; member: string }> {
  const [owner, admin, member] = [`${name}.owner`, `${name}.admin`, `${name}.member`];
  await node.as(owner, 'conversations.create', { id: name, kind: 'group', members: [admin, member] });
  await node.as(owner, 'members.setRole', { conversation: name, user: admin, role: 'admin' });
  return { id: name, owner, admin, member };
}

describe('history', () => {
  test('pages in both directions reach the ends without loss or repetition', async () => {
    const me = await node.peer('pager');
    const id = 'direct:pager,reader';
    await Promise.all(Array.from({ length: 25 }, (_, i) => me.call('messages.send', message(id, `${i}`))));
    const back: number[] = [];
    for (let before: number | undefined; ; ) {
      const page = await me.call('messages.list', {
        conversation: id,
        limit: 7,
        ...(before === undefined ? {} : { before }),
      });
      expect(page.hasAfter).toBe(before !== undefined);
      back.unshift(...page.messages.map((m) => m.n));
      before = page.messages[0]?.n;
      if (!page.hasBefore) break;
    }
    const forth: number[] = [];
    for (let after = 0, more = true; more; after = forth.at(-1) ?? 0) {
      const page = await me.call('messages.list', { conversation: id, limit: 7, after });
      forth.push(...page.messages.map((m) => m.n));
      more = page.hasAfter;
    }
    const all = Array.from({ length: 25 }, (_, i) => i + 1);
    expect(back).toEqual(all);
    expect(forth).toEqual(all);
  });

  test('around a message it stands in the middle; beyond the ends there is less', async () => {
    const id = 'direct:pager,reader';
    const at = async (around: number) => {
      const page = await node.as('reader', 'messages.list', { conversation: id, around, limit: 5 });
      return [page.messages.map((m) => m.n), page.hasBefore, page.hasAfter] as const;
    };
    expect(await at(10)).toEqual([[8, 9, 10, 11, 12], true, true]);
    expect(await at(1)).toEqual([[1, 2, 3], false, true]);
    expect(await at(25)).toEqual([[23, 24, 25], true, false]);
  });

  test('one message is got by number and by id, and not by both or neither', async () => {
    const id = 'direct:pager,reader';
    const byN = await node.as('pager', 'messages.get', { conversation: id, n: 3 });
    const byId = await node.as('reader', 'messages.get', { conversation: id, id: byN.message.id });
    expect(byId).toEqual(byN);
    expect(await codeOf(node.as('pager', 'messages.get', { conversation: id, n: 99 }))).toBe('not_found');
    expect(await codeOf(node.as('pager', 'messages.get', { conversation: id }))).toBe('invalid_input');
    expect(
      await codeOf(node.as('pager', 'messages.get', { conversation: id, n: 3, id: byN.message.id })),
    ).toBe('invalid_input');
  });

  test('numbers beyond all messages find nothing and harm nothing', async () => {
    const conversation = 'direct:pager,reader';
    const n = Number.MAX_SAFE_INTEGER;
    const as = 'pager';
    for (const call of [
      () => node.as(as, 'messages.list', { conversation, before: n }),
      () => node.as(as, 'messages.list', { conversation, after: n }),
      () => node.as(as, 'messages.list', { conversation, around: n }),
      () => node.as(as, 'messages.get', { conversation, n }),
      () => node.as(as, 'messages.edit', { conversation, n, body: text('x') }),
      () => node.as(as, 'messages.recall', { conversation, n }),
      () => node.as(as, 'messages.delete', { conversation, numbers: [n] }),
      () => node.as(as, 'messages.send', { ...message(conversation, 'reply'), replyTo: n }),
      () => node.as(as, 'receipts.list', { conversation, readN: n }),
      () => node.as(as, 'conversations.changes', { conversation, rev: n, n }),
      () => node.as(as, 'conversations.clear', { conversation: 'direct:pager,nobody', upTo: n }),
      () => node.as(as, 'members.updateSelf', { conversation, mutedUntil: n }),
    ]) {
      expect(['ok', 'not_found', 'invalid_input']).toContain(await codeOf(call()));
    }
  });

  test('deleted for me is left out for me on every way, and stays for the other', async () => {
    const id = 'direct:eraser,keeper';
    const [mine, other] = [await node.peer('eraser'), await node.peer('eraser')];
    for (const words of ['one', 'two', 'three']) await mine.call('messages.send', message(id, words));
    await mine.call('messages.delete', { conversation: id, numbers: [2, 3, 99] });
    const told = await other.event('message.deleted');
    expect(told).toMatchObject({ conversation: id, numbers: [2, 3] });
    await mine.call('messages.delete', { conversation: id, numbers: [2, 3] });
    const shown = await mine.call('messages.list', { conversation: id });
    expect(shown.messages.map((m) => m.n)).toEqual([1]);
    expect(await codeOf(mine.call('messages.get', { conversation: id, n: 2 }))).toBe('not_found');
    const changes = await mine.call('conversations.changes', { conversation: id, rev: 0, n: 0 });
    expect(changes.messages.map((m) => m.n)).toEqual([1]);
    const { conversation } = await mine.call('conversations.get', { conversation: id });
    expect(conversation.preview?.n).toBe(1);
    const theirs = await node.as('keeper', 'messages.list', { conversation: id });
    expect(theirs.messages.map((m) => m.n)).toEqual([1, 2, 3]);
    expect(other.of('message.deleted')).toHaveLength(1);
  });
});

describe('sending', () => {
  test('who is in is told, in order; the sender by the acknowledgement alone, their other device by the event', async () => {
    const g = await group('told');
    const [me, phone, reader] = [
      await node.peer(g.owner),
      await node.peer(g.owner),
      await node.peer(g.member),
    ];
    const acks = await Promise.all(
      Array.from({ length: 10 }, (_, i) => me.call('messages.send', message(g.id, `${i}`))),
    );
    const last = acks.at(-1)?.n ?? 0;
    for (const peer of [phone, reader]) {
      await peer.event('message.new', (e) => e.message.n === last);
      const events = peer.of('message.new');
      expect(events.map((e) => e.message.n)).toEqual(acks.map((a) => a.n));
      expect(events.map((e) => e.rev)).toEqual(acks.map((a) => a.rev));
    }
    expect(me.of('message.new')).toEqual([]);
    expect(new Set(acks.map((a, i) => a.rev - i)).size).toBe(1);
  });

  test('reply, mentions, priority and silence are part of the message', async () => {
    const g = await group('parts');
    const { n } = await node.as(g.owner, 'messages.send', message(g.id, 'first'));
    const sent = {
      ...message(g.id, 'second'),
      replyTo: n,
      mentions: [g.admin, 'a|b'],
      priority: 'high' as const,
      silent: true,
    };
    const reader = await node.peer(g.member);
    await node.as(g.owner, 'messages.send', sent);
    const event = await reader.event('message.new');
    const { message: read } = await node.as(g.member, 'messages.get', { conversation: g.id, id: sent.id });
    expect(read).toMatchObject({ replyTo: n, mentions: [g.admin, 'a|b'], priority: 'high', silent: true });
    expect(event.message).toEqual(read);
    expect(await codeOf(node.as(g.owner, 'messages.send', { ...message(g.id, 'x'), replyTo: 99 }))).toBe(
      'not_found',
    );
  });

  test('a custom body comes back as it was, whatever its keys and characters are', async () => {
    const data = JSON.parse(
      '{"a":[1,null,{"b":"\\u2028 \\ud83d\\ude00 \\\\ \\" \'"}],"constructor":1,"1":2}',
    );
    const body = { kind: 'custom' as const, type: 'order.v1', data, fallback: 'An order' };
    const sent = { conversation: 'direct:maker,taker', id: Bun.randomUUIDv7(), body };
    await node.as('maker', 'messages.send', sent);
    const { message: read } = await node.as('taker', 'messages.get', {
      conversation: sent.conversation,
      id: sent.id,
    });
    expect(read.body).toEqual(body);
  });

  test('outsiders find nothing; where admins post, members may not', async () => {
    const g = await group('closed');
    expect(await codeOf(node.as('stranger', 'messages.send', message(g.id, 'hi')))).toBe('not_found');
    expect(await codeOf(node.as('stranger', 'messages.send', message('nowhere', 'hi')))).toBe('not_found');
    expect(await codeOf(node.as('stranger', 'messages.send', message('direct:a,b', 'hi')))).toBe('not_found');
    expect(await codeOf(node.as('stranger', 'messages.send', message('direct:stranger,a', 'hi')))).toBe(
      'not_found',
    );
    await node.as(g.admin, 'conversations.update', { conversation: g.id, posting: 'admins' });
    expect(await codeOf(node.as(g.member, 'messages.send', message(g.id, 'hi')))).toBe('forbidden');
    expect(await codeOf(node.as(g.admin, 'messages.send', message(g.id, 'hi')))).toBe('ok');
  });
});

describe('editing', () => {
  test('the sender edits, everyone is told, the history is kept', async () => {
    const g = await group('edits');
    const reader = await node.peer(g.member);
    const sent = { ...message(g.id, 'teh'), mentions: [g.admin] };
    const ack = await node.as(g.owner, 'messages.send', sent);
    const at = { conversation: g.id, n: ack.n };
    const { message: once } = await node.as(g.owner, 'messages.edit', { ...at, body: text('the') });
    const { message: twice } = await node.as(g.owner, 'messages.edit', {
      ...at,
      body: text('The'),
      mentions: [],
    });
    expect(once).toMatchObject({ body: text('the'), mentions: [g.admin], rev: ack.rev + 1 });
    expect(twice).toMatchObject({ body: text('The'), mentions: [], rev: ack.rev + 2 });
    await reader.event('message.changed', (e) => e.rev === twice.rev);
    expect(reader.of('message.changed').map((e) => e.message)).toEqual([once, twice]);
    const { edits } = await node.as(g.member, 'messages.edits', at);
    expect(edits.map((e) => e.body)).toEqual([text('teh'), text('the')]);
    const retried = await node.as(g.owner, 'messages.send', sent);
    expect(retried).toMatchObject({ n: ack.n, at: ack.at });
    expect(retried.rev).toBeLessThanOrEqual(ack.rev);
  });

  test('nobody else edits, and nobody edits late or what is not theirs to see', async () => {
    const g = await group('noedits');
    const { n } = await node.as(g.member, 'messages.send', message(g.id, 'mine'));
    const edit = { conversation: g.id, n, body: text('changed') };
    for (const who of [g.owner, g.admin])
      expect(await codeOf(node.as(who, 'messages.edit', edit))).toBe('forbidden');
    expect(await codeOf(node.as('stranger', 'messages.edit', edit))).toBe('not_found');
    expect(await codeOf(node.as('stranger', 'messages.edits', { conversation: g.id, n }))).toBe('not_found');
    expect(await codeOf(node.as(g.owner, 'messages.edit', { ...edit, n: 1 }))).toBe('forbidden');
    clock.advance(LIMITS.editWindow + 1);
    expect(await codeOf(node.as(g.member, 'messages.edit', edit))).toBe('too_late');
    expect(await codeOf(node.as(g.member, 'messages.recall', { conversation: g.id, n }))).toBe('too_late');
    expect(await codeOf(node.as(g.admin, 'messages.recall', { conversation: g.id, n }))).toBe('ok');
  });
});

describe('recall', () => {
  test('[L8] a recalled message leaves nothing anywhere, and nothing brings it back', async () => {
    const g = await group('recall');
    const secret = 'ein-geheimes-wort';
    const sent = { ...message(g.id, secret), mentions: ['geheim.person'] };
    const ack = await node.as(g.member, 'messages.send', sent);
    const at = { conversation: g.id, n: ack.n };
    await node.as(g.member, 'messages.edit', { ...at, body: text(`${secret} again`) });
    await node.as(g.admin, 'reactions.add', { ...at, emoji: '🦊' });
    const reader = await node.peer(g.admin);
    const { message: gone } = await node.as(g.member, 'messages.recall', at);
    expect(gone).toMatchObject({
      body: null,
      mentions: [],
      reactions: [],
      recalledBy: g.member,
      rev: ack.rev + 3,
    });
    expect((await reader.event('message.changed')).message).toEqual(gone);
    expect(await everything()).not.toMatch(/geheim|🦊/);
    const row = await node.db
      .selectFrom('messages')
      .select('fingerprint')
      .where('id', '=', sent.id)
      .executeTakeFirstOrThrow();
    expect(row.fingerprint).toBeNull();
    const retried = await node.as(g.member, 'messages.send', sent);
    expect(retried).toMatchObject({ n: ack.n, at: ack.at });
    // Not the revision of the recall: the client that retries would take its own words for what stands there now.
    expect(retried.rev).toBeLessThanOrEqual(ack.rev);
    expect(await codeOf(node.as(g.owner, 'messages.send', sent))).toBe('conflict');
    expect(await codeOf(node.as(g.member, 'messages.edit', { ...at, body: text(secret) }))).toBe('too_late');
    expect(await codeOf(node.as(g.member, 'reactions.add', { ...at, emoji: '🦊' }))).toBe('too_late');
    expect(await codeOf(node.as(g.member, 'messages.recall', at))).toBe('too_late');
    const answers = [
      await node.as(g.owner, 'messages.list', { conversation: g.id }),
      await node.as(g.owner, 'messages.get', at),
      await node.as(g.owner, 'messages.edits', at),
      await node.as(g.owner, 'reactions.list', at),
      await node.as(g.owner, 'conversations.changes', { conversation: g.id, rev: 0, n: 0 }),
      await node.as(g.owner, 'conversations.get', { conversation: g.id }),
      await node.as(g.owner, 'conversations.list', {}),
      await node.as(g.owner, 'sync.page', {}),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/geheim|🦊/);
    expect(await everything()).not.toMatch(/geheim|🦊/);
  });

  test('the sender, an admin and the owner recall; another member, an outsider and a leaver do not', async () => {
    const g = await group('recallers');
    await node.as(g.owner, 'members.add', { conversation: g.id, users: ['recallers.second'] });
    const send = async () => ({
      conversation: g.id,
      n: (await node.as(g.member, 'messages.send', message(g.id, 'x'))).n,
    });
    expect(await codeOf(node.as('recallers.second', 'messages.recall', await send()))).toBe('forbidden');
    expect(await codeOf(node.as('stranger', 'messages.recall', await send()))).toBe('not_found');
    for (const who of [g.member, g.admin, g.owner])
      expect(await codeOf(node.as(who, 'messages.recall', await send()))).toBe('ok');
    const late = await send();
    await node.as(g.member, 'members.leave', { conversation: g.id });
    expect(await codeOf(node.as(g.member, 'messages.recall', late))).toBe('not_found');
    expect(await codeOf(node.as(g.owner, 'messages.recall', { conversation: g.id, n: 1 }))).toBe('forbidden');
  });
});

/** All rows that may hold a trace of a message, as text. */
async function everything(): Promise<string> {
  const tables = ['messages', 'message_edits', 'reactions', 'message_deletions', 'conversations', 'members'];
  const all = await Promise.all(tables.map((t) => sql`select * from ${sql.table(t)}`.execute(node.db)));
  return JSON.stringify(all.map((r) => r.rows));
}
