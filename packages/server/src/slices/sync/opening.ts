import { InlayError, type Me } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../log/index.ts';
import { type ProfileRow, toMe } from '../users/index.ts';
import type { Horizon } from './cursor.ts';

/** What a session begins with, all of one moment. */
export interface Opening {
  me: Me;
  /** The keys of all conversations that the person is in. */
  conversations: string[];
  horizon: Horizon;
}

type Row = ProfileRow & { conversations: string | null; safe: string; end: string };

/** Reads it in one round trip: when thousands reconnect at once, each one counts. */
export async function readOpening(db: Db, { app, user }: Viewer): Promise<Opening> {
  const { rows } = await sql<Row>`
    select users.*, pg_snapshot_xmin(s)::text as safe, pg_snapshot_xmax(s)::text as end,
      (select string_agg(conversation::text, ',') from members
        where app = ${app} and user_id = ${user} and left_at is null) as conversations
    from users, pg_current_snapshot() s where users.app = ${app} and users.id = ${user}`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new InlayError('not_found', 'There is no such user.');
  return {
    me: toMe(row),
    conversations: row.conversations?.split(',') ?? [],
    horizon: { safe: BigInt(row.safe), end: BigInt(row.end) },
  };
}
