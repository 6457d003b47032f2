import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'kysely';
import { readyFile } from '../../testing/files.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { attachable } from './attachable.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

test('a file that very many messages carry is not looked for in all of them', async () => {
  const file = await readyFile(node.db, { owner: (await node.as('ann', 'users.me', {})).me.id });
  await node.as('bob', 'conversations.create', { id: 'bobs', kind: 'channel' });
  for (let i = 0; i < 100; i++)
    await node.as('ann', 'conversations.create', { id: `anns.${i}`, kind: 'group' });
  await sql`insert into message_files select pk, n, 0, 1, ${file}::uuid, 'sticker'
    from conversations, generate_series(1, 100) n where id <> 'bobs'`.execute(node.db);
  await sql`analyze message_files, conversations, members`.execute(node.db);
  const read = await node.db.transaction().execute(async (trx) => {
    expect(await attachable(trx, { app: 1, user: 'bob' }, [file])).toEqual([]);
    const { rows } = await sql<{ n: number }>`select (seq_tup_read + idx_tup_fetch)::int as n
      from pg_stat_xact_user_tables where relname = 'message_files'`.execute(trx);
    return rows[0]?.n;
  });
  expect(read).toBeLessThan(10);
  await sql`insert into message_files select pk, 1, 0, 1, ${file}::uuid, 'sticker'
    from conversations where id = 'bobs'`.execute(node.db);
  for (const user of ['bob', 'a stranger'])
    expect(await attachable(node.db, { app: 1, user }, [file])).toHaveLength(1);
});
