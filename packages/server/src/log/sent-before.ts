import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Append } from './append-queue.ts';
import { FIRST_REV } from './batch-statement.ts';

/** Where a message stands that was sent before, if it is the same one; what a retry is told that need not be written. */
export async function sentBefore(
  db: Db,
  m: Pick<Append, 'conversation' | 'id' | 'sender' | 'fingerprint'>,
): Promise<{ n: number; rev: number; at: number } | undefined> {
  const { rows } = await sql<{ n: number; rev: number; at: Date }>`
    select m.n, ${sql.raw(FIRST_REV)} as rev, m.at from messages m
    where m.conversation = ${m.conversation} and m.id = ${m.id}::uuid and m.sender = ${m.sender}
      and (m.fingerprint is null or m.fingerprint = ${m.fingerprint}::bigint)`.execute(db);
  const [row] = rows;
  return row && { ...row, at: row.at.getTime() };
}
