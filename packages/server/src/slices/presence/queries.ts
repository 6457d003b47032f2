import { directId, type PresenceVisibility } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Person } from './tracker.ts';

/** Which of these people share a direct conversation with `me`. */
export async function contactsAmong(db: Db, me: Person, users: readonly string[]): Promise<Set<string>> {
  const byId = new Map(users.map((u) => [directId(me.user, u), u]));
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where('app', '=', me.app)
    .where('id', 'in', [...byId.keys()])
    .execute();
  return new Set(rows.flatMap((r) => byId.get(r.id) ?? []));
}

export interface Seen {
  id: string;
  visibility: PresenceVisibility;
  lastSeenAt: Date | null;
}

/** What is stored of people's presence. */
export async function readSeen(db: Db, app: number, users: readonly string[]): Promise<Seen[]> {
  return await db
    .selectFrom('users')
    .select(['id', 'presence_visibility as visibility', 'last_seen_at as lastSeenAt'])
    .where('app', '=', app)
    .where('id', 'in', [...users])
    .execute();
}

/** Stores when people were last here; the time only grows. */
export async function writeSeen(db: Db, seen: readonly (Person & { at: number })[]): Promise<void> {
  if (seen.length === 0) return;
  const rows = [...seen].sort((a, b) => a.app - b.app || (a.user < b.user ? -1 : 1));
  const input = JSON.stringify(rows.map((s) => ({ a: s.app, u: s.user, t: s.at / 1000 })));
  await sql`update users set last_seen_at = greatest(last_seen_at, to_timestamp(x.t))
    from json_to_recordset(${input}::text::json) as x(a int, u text, t float8)
    where users.app = x.a and users.id = x.u`.execute(db);
}
