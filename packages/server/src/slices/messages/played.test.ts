import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { FileKind } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { openDatabase } from '../../db/database.ts';
import { media, readyFile } from '../../testing/files.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';
import { settled } from '../../testing/settled.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

async function send(conversation: string, owner: string, kinds: readonly FileKind[]) {
  const files = await Promise.all(kinds.map((kind) => readyFile(node.db, { owner, kind })));
  const input = { conversation, id: Bun.randomUUIDv7(), body: media(files) };
  return { conversation, n: (await node.as(owner, 'messages.send', input)).n };
}

async function scene(id: string, history: 'start' | 'joined' = 'start') {
  const [owner, listener] = [`${id}.o`, `${id}.m`];
  await node.as(owner, 'conversations.create', { id, kind: 'group', members: [listener], history });
  return { id, owner, listener };
}

test('what I played is told to my devices alone, once, and stands beside the message on every page', async () => {
  const { id, owner, listener } = await scene('ply');
  const at = await send(id, owner, ['voice']);
  const film = await send(id, owner, ['image', 'video']);
  const [phone, other] = [await node.peer(listener), await node.peer(owner)];
  const { userRev } = await node.as(listener, 'sync.page', {});
  await node.as(listener, 'messages.played', at);
  await node.as(listener, 'messages.played', at);
  await node.as(listener, 'reactions.add', { ...at, emoji: '👍' });
  await node.as(listener, 'messages.played', film);
  await phone.event('message.played', (e) => e.numbers[0] === film.n);
  expect(phone.of('message.played')).toEqual([
    { conversation: id, userRev: userRev + 1, numbers: [at.n] },
    { conversation: id, userRev: userRev + 2, numbers: [film.n] },
  ]);
  await other.call('session.ping', {});
  expect(other.of('message.played')).toEqual([]);
  const mine = [
    { n: at.n, emojis: ['👍'], played: true },
    { n: film.n, emojis: [], played: true },
  ];
  const pages = async (who: string) => [
    (await node.as(who, 'messages.list', { conversation: id })).mine,
    (await node.as(who, 'conversations.changes', { conversation: id, rev: 0, n: 0 })).mine,
  ];
  expect(await pages(listener)).toEqual([mine, mine]);
  expect(await pages(owner)).toEqual([[], []]);
  expect((await node.as(listener, 'messages.shared', { conversation: id, kind: 'voice' })).mine).toEqual([
    mine[0] as (typeof mine)[0],
  ]);
  expect((await node.as(listener, 'messages.get', at)).mine).toEqual(mine[0] as (typeof mine)[0]);
  expect((await node.as(owner, 'messages.get', at)).mine).toEqual({ n: at.n, emojis: [], played: false });
});

test('only voice and video are played, and only what one may see', async () => {
  const { id, owner, listener } = await scene('may', 'joined');
  const early = await send(id, owner, ['voice']);
  const words = await node.as(owner, 'messages.send', message(id, 'words'));
  const still = await send(id, owner, ['image', 'file']);
  const gone = await send(id, owner, ['voice']);
  await node.as(owner, 'messages.recall', gone);
  await node.as(owner, 'members.add', { conversation: id, users: ['may.late'] });
  await node.as(listener, 'messages.delete', { conversation: id, numbers: [early.n] });
  const played = (who: string, n: number) => codeOf(node.as(who, 'messages.played', { conversation: id, n }));
  expect(await played(owner, early.n)).toBe('ok');
  expect(await played(listener, early.n)).toBe('not_found');
  expect(await played('may.late', early.n)).toBe('not_found');
  expect(await played('may.out', early.n)).toBe('not_found');
  expect(await played(owner, 99)).toBe('not_found');
  expect(await played(owner, gone.n)).toBe('not_found');
  expect(await played(owner, words.n)).toBe('invalid_input');
  expect(await played(owner, still.n)).toBe('invalid_input');
  const rows = await sql`select user_id, n from message_plays where user_id like 'may.%'`.execute(node.db);
  expect(rows.rows).toEqual([{ user_id: owner, n: early.n }]);
});

test('[L7] a sync tells what was played since its cursor, but not of what was recalled', async () => {
  const { id, owner, listener } = await scene('since');
  const second = 'direct:since.m,since.o';
  const [a, b, c] = [
    await send(id, owner, ['voice']),
    await send(id, owner, ['video']),
    await send(second, owner, ['voice']),
  ];
  await node.as(listener, 'messages.played', a);
  await settled(node.db);
  const { cursor, played } = (await node.as(listener, 'sync.page', {})).sync;
  expect(played).toEqual([]);
  for (const one of [c, b, a]) await node.as(listener, 'messages.played', one);
  await node.as(owner, 'messages.recall', b);
  const gone = await send(id, owner, ['voice']);
  await node.as(listener, 'messages.played', gone);
  await settled(node.db);
  const since = (await node.as(listener, 'sync.page', { cursor })).sync;
  expect(since.played).toEqual([
    { conversation: second, numbers: [c.n] },
    { conversation: id, numbers: [gone.n] },
  ]);
  const { opened } = await node.peer(listener, { cursor });
  expect(opened.sync.played).toEqual(since.played);
  expect((await node.as(listener, 'sync.page', { cursor: since.cursor })).sync.played).toEqual([]);
});

test('[L7] a play that is committed after a cursor with a later one was given is told to that cursor', async () => {
  const { id, owner, listener } = await scene('slow');
  const [slow, quick] = [await send(id, owner, ['voice']), await send(id, owner, ['voice'])];
  const second = openDatabase(node.database, 1);
  const [written, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const late = second.db.transaction().execute(async (trx) => {
    await sql`insert into message_plays (app, user_id, conversation, n)
      select 1, ${listener}, pk, ${slow.n} from conversations where id = ${id}`.execute(trx);
    written.resolve();
    await commit.promise;
  });
  await written.promise;
  await node.as(listener, 'messages.played', quick);
  const { cursor } = (await node.as(listener, 'sync.page', {})).sync;
  commit.resolve();
  await late;
  await second.close();
  const { played } = (await node.as(listener, 'sync.page', { cursor })).sync;
  expect(played).toEqual([{ conversation: id, numbers: [slow.n, quick.n] }]);
});

test('who was away for more plays than are told in one go syncs from the start', async () => {
  const { id, owner, listener } = await scene('lots');
  const { cursor } = (await node.as(listener, 'sync.page', {})).sync;
  const { n } = await send(id, owner, ['voice']);
  const play = (from: number, to: number) =>
    sql`
    with room as (select pk from conversations where id = ${id}),
    said as (insert into messages (conversation, n, rev, id, at)
      select pk, ${n} + i, ${n} + i, gen_random_uuid(), now() from room, generate_series(${from}::int, ${to}::int) i returning n)
    insert into message_plays (app, user_id, conversation, n) select 1, ${listener}, pk, said.n from room, said`.execute(
      node.db,
    );
  await play(1, 5000);
  const { played } = (await node.as(listener, 'sync.page', { cursor })).sync;
  expect(played[0]?.numbers).toHaveLength(5000);
  await play(5001, 5001);
  expect(await codeOf(node.as(listener, 'sync.page', { cursor }))).toBe('resync');
  expect(await codeOf(node.as(listener, 'sync.page', {}))).toBe('ok');
});
