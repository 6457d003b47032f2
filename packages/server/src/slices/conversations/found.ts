import { directId, type Role } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Trx } from '../../db/database.ts';
import type { ConversationRow, Log } from '../../log/index.ts';

export interface NewConversation {
  app: number;
  id: string;
  kind: 'direct' | 'group' | 'channel';
  title?: string | null;
  avatar?: string | null;
  custom?: Record<string, unknown> | null;
  history?: 'joined' | 'start';
  posting?: 'everyone' | 'admins';
  people?: [string, string];
  at: Date;
}

/** JSON for a json column, whatever the driver makes of objects. */
export const json = (value: unknown) =>
  value == null ? null : sql<string>`${JSON.stringify(value)}::text::json`;

/** Makes the row of a conversation without members. Undefined: the id is taken, and what is there stays. */
export async function insertConversation(trx: Trx, c: NewConversation): Promise<ConversationRow | undefined> {
  const row = await trx
    .insertInto('conversations')
    .values({
      app: c.app,
      id: c.id,
      kind: c.kind,
      title: c.title ?? null,
      avatar: c.avatar ?? null,
      custom: json(c.custom),
      history: c.history ?? (c.kind === 'channel' ? 'start' : 'joined'),
      posting: c.posting ?? (c.kind === 'channel' ? 'admins' : 'everyone'),
      person_a: c.people?.[0] ?? null,
      person_b: c.people?.[1] ?? null,
      created_at: c.at,
      active_at: c.at,
    })
    .onConflict((oc) => oc.columns(['app', 'id']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row as ConversationRow | undefined;
}

/** The people of a direct conversation, once each: for notes to oneself there is one. */
export const peopleOf = (
  a: string,
  b: string,
): { id: string; people: [string, string]; members: string[]; role: Role } => {
  const people: [string, string] = a < b ? [a, b] : [b, a];
  return { id: directId(a, b), people, members: [...new Set(people)], role: 'member' };
};

/** The key of a conversation by its id, from the database. */
export async function keyOf(log: Log, app: number, id: string): Promise<string | undefined> {
  const row = await log.db
    .selectFrom('conversations')
    .select('pk')
    .where('app', '=', app)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.pk;
}
