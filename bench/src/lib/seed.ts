import { createHmac } from 'node:crypto';
import type { SQL } from 'bun';

/**
 * Fills a database with people and conversations in bulk, as signing up ten thousand people one by one would take
 * longer than the measurement. What is measured afterwards goes through the node.
 */
export interface Seed {
  users: number;
  /** The members of each conversation by number of the person, from 1. */
  conversations: readonly (readonly number[])[];
  kind?: 'direct' | 'group';
}

const SEEDED_AT = '2026-01-01T00:00:00Z';

export const userId = (i: number): string => `u${i}`;
export const conversationId = (i: number): string => `c${i}`;

async function seedUsers(sql: SQL, app: number, users: number): Promise<void> {
  await sql`insert into users (app, id, kind, created_at)
    select ${app}, 'u' || i, 'host', ${SEEDED_AT}::timestamptz from generate_series(1, ${users}::int) i
    on conflict do nothing`;
}

export async function seed(sql: SQL, s: Seed): Promise<void> {
  const [app] = await sql`select pk from apps where id = 'default'`;
  await seedUsers(sql, app.pk, s.users);
  const kind = s.kind ?? 'group';
  const rows = s.conversations.flatMap((members, i) =>
    members.map((m) => ({ c: conversationId(i + 1), u: userId(m) })),
  );
  await sql`insert into conversations (app, id, kind, created_at, active_at, member_count)
    select ${app.pk}, 'c' || i, ${kind}, ${SEEDED_AT}::timestamptz, ${SEEDED_AT}::timestamptz + i * interval '1 second',
      ${s.conversations[0]?.length ?? 0}::int
    from generate_series(1, ${s.conversations.length}::int) i`;
  for (let at = 0; at < rows.length; at += 20_000) {
    await sql`insert into members (conversation, user_id, app, role, joined_n, joined_at, rev)
      select c.pk, x.u, ${app.pk}, 'member', 0, ${SEEDED_AT}::timestamptz, 0
      from json_to_recordset(${JSON.stringify(rows.slice(at, at + 20_000))}::text::json) as x(c text, u text)
      join conversations c on c.app = ${app.pk} and c.id = x.c`;
  }
  await sql.unsafe('vacuum analyze');
}

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A host app's token for a person, signed with the default app's secret. */
export function hostToken(secret: string, user: string): string {
  const body = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ sub: user, exp: Math.floor(Date.now() / 1000) + 3600 })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
