import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'kysely';
import { type Database, openDatabase, type Trx } from '../../db/database.ts';
import { media, readyFile } from '../../testing/files.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';

let node: TestNode;
let [sweeper, blocker]: [Database, Database] = [undefined as never, undefined as never];
beforeAll(async () => {
  node = await startTestNode();
  [sweeper, blocker] = [openDatabase(node.database, 1), openDatabase(node.database, 1)];
});
afterAll(async () => {
  await sweeper.close();
  await blocker.close();
  await node.stop();
});

/** Until so many statements wait for a row that another one holds. */
async function waiting(count: number): Promise<void> {
  for (let found = 0; found < count; ) {
    const { rows } = await sql<{ n: number }>`select count(*)::int n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`.execute(node.db);
    found = rows[0]?.n ?? 0;
  }
}

/** A sweep as it has to be: takes the file, and looks only then, in a statement of its own, whether anything has it. */
const take = (trx: Trx, file: string) => sql`select from files where id = ${file} for update`.execute(trx);
const drop = (trx: Trx, file: string) =>
  sql`delete from files where id = ${file} and not exists (
    select from message_files m where m.app = files.app and m.file = files.id)`.execute(trx);

const count = async (table: 'files' | 'message_files', file: string) => {
  const column = table === 'files' ? 'id' : 'file';
  const { rows } = await sql`select from ${sql.table(table)} where ${sql.ref(column)} = ${file}`.execute(
    node.db,
  );
  return rows.length;
};

test('a file that is swept while it is sent takes its message with it, and no other', async () => {
  const me = await node.peer('race');
  const file = await readyFile(node.db, { owner: 'race' });
  await me.call('messages.send', message('direct:race,sa', 'before'));
  const { promise: swept, resolve: sweep } = Promise.withResolvers<void>();
  const { promise: held, resolve: holds } = Promise.withResolvers<void>();
  const sweeping = sweeper.db.transaction().execute(async (trx) => {
    await take(trx, file);
    holds();
    await swept;
    await drop(trx, file);
  });
  await held;
  const sent = { conversation: 'direct:race,sa', id: Bun.randomUUIDv7(), body: media([file]) };
  const outcome = codeOf(me.call('messages.send', sent));
  const neighbour = me.call('messages.send', message('direct:race,sa', 'after'));
  await waiting(1);
  sweep();
  await sweeping;
  expect(await outcome).toBe('not_found');
  expect((await neighbour).n).toBe(2);
  expect([await count('files', file), await count('message_files', file)]).toEqual([0, 0]);
});

test('a file that is sent while it is swept stays', async () => {
  const me = await node.peer('race');
  const conversation = 'direct:race,sb';
  const { n } = await me.call('messages.send', message(conversation, 'before'));
  const file = await readyFile(node.db, { owner: 'race' });
  const sent = { conversation, id: Bun.randomUUIDv7(), body: media([file]) };
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const { promise: blocks, resolve: blocking } = Promise.withResolvers<void>();
  // Keeps the batch from its end, after it took the file: another one is about to write a message with its id.
  const blocked = blocker.db.transaction().execute(async (trx) => {
    await sql`insert into messages (conversation, n, rev, id, at)
      select pk, 1000, 1000, ${sent.id}::uuid, now() from conversations where id = ${conversation}`.execute(
      trx,
    );
    blocking();
    await over;
    throw new Error('never mind');
  });
  await blocks;
  const acked = me.call('messages.send', sent);
  await waiting(1);
  const sweeping = sweeper.db.transaction().execute(async (trx) => {
    await take(trx, file);
    await drop(trx, file);
  });
  await waiting(2);
  end();
  await expect(blocked).rejects.toThrow('never mind');
  expect((await acked).n).toBe(n + 1);
  await sweeping;
  expect([await count('files', file), await count('message_files', file)]).toEqual([1, 1]);
});
