import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'kysely';
import { type Database, openDatabase, type Trx } from '../../db/database.ts';
import { media, readyFile } from '../../testing/files.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';
import { removeUnnamed } from './remove.ts';

let node: TestNode;
let sweeper: Database;
let blocker: Database;
beforeAll(async () => {
  node = await startTestNode();
  [sweeper, blocker] = [openDatabase(node.database, 1), openDatabase(node.database, 1)];
});
afterAll(async () => {
  await sweeper.close();
  await blocker.close();
  await node.stop();
});

/** Until so many statements wait for what another one holds. */
async function waiting(count: number): Promise<void> {
  for (let found = 0; found < count; ) {
    const { rows } = await sql<{ n: number }>`select count(*)::int n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`.execute(node.db);
    found = rows[0]?.n ?? 0;
  }
}

/** Holds what a statement took, until it is let go; then nothing of it has happened. */
async function hold(take: (trx: Trx) => Promise<unknown>): Promise<() => Promise<void>> {
  const { promise: over, reject: end } = Promise.withResolvers<never>();
  const { promise: held, resolve: holds } = Promise.withResolvers<void>();
  const holding = blocker.db.transaction().execute(async (trx) => {
    await take(trx);
    holds();
    await over;
  });
  await held;
  return async () => {
    end(new Error('let go'));
    await expect(holding).rejects.toThrow('let go');
  };
}

async function left(file: string): Promise<{ files: number; carried: number }> {
  const files = await sql`select from files where id = ${file}`.execute(node.db);
  const carried = await sql`select from message_files where file = ${file}`.execute(node.db);
  return { files: files.rows.length, carried: carried.rows.length };
}

test('a file that is swept while it is sent takes its message with it, and no other', async () => {
  const conversation = 'direct:race,sa';
  const me = await node.peer('race');
  const file = await readyFile(node.db, { owner: 'race' });
  const { n } = await me.call('messages.send', message(conversation, 'before'));
  // Lets rows be locked, but none be deleted.
  const letGo = await hold((trx) => sql`lock table files in share mode`.execute(trx));
  const sweeping = removeUnnamed(sweeper.db, 1, [file]);
  await waiting(1);
  const sent = { conversation, id: Bun.randomUUIDv7(), body: media([file]) };
  const outcome = codeOf(me.call('messages.send', sent));
  const neighbour = me.call('messages.send', message(conversation, 'after'));
  await waiting(2);
  await letGo();
  expect((await sweeping).map(({ id }) => id)).toEqual([file]);
  expect(await outcome).toBe('not_found');
  expect((await neighbour).n).toBe(n + 1);
  expect(await left(file)).toEqual({ files: 0, carried: 0 });
});

test('a file that is sent while it is swept stays', async () => {
  const conversation = 'direct:race,sb';
  const me = await node.peer('race');
  const { n } = await me.call('messages.send', message(conversation, 'before'));
  const file = await readyFile(node.db, { owner: 'race' });
  const sent = { conversation, id: Bun.randomUUIDv7(), body: media([file]) };
  // Keeps the batch from its end, after it took the file: another one is about to write a message with its id.
  const letGo = await hold((trx) =>
    sql`insert into messages (conversation, n, rev, id, at)
      select pk, 1000, 1000, ${sent.id}::uuid, now() from conversations where id = ${conversation}`.execute(
      trx,
    ),
  );
  const acked = me.call('messages.send', sent);
  await waiting(1);
  expect(await removeUnnamed(sweeper.db, 1, [file])).toEqual([]);
  await letGo();
  expect((await acked).n).toBe(n + 1);
  expect(await removeUnnamed(sweeper.db, 1, [file])).toEqual([]);
  expect(await left(file)).toEqual({ files: 1, carried: 1 });
});
