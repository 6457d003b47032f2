import type { Emoji, MyReactions } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { UserCaller } from '../core/caller.ts';
import type { Db } from '../db/database.ts';
import type { MessageRow } from './wire.ts';

export const MESSAGE_COLUMNS = sql.raw(
  'n, rev, id, sender, at, body, reply_to, mentions, priority, silent, edited_at, recalled_at, recalled_by, reactions',
);

/** How much of a conversation someone sees. */
export interface Extent {
  key: string;
  /** Nothing at or below this number. */
  floor: number;
  /** Nothing once this no longer holds. */
  still: RawBuilder<boolean>;
}

/** The messages that the caller sees: those of the extent that they did not delete for themselves. */
export const seenBy = (
  caller: UserCaller,
  { key, floor, still }: Extent,
): RawBuilder<boolean> => sql<boolean>`
  conversation = ${key} and n > ${floor} and ${still} and not exists (
    select from message_deletions d where d.app = ${caller.app.pk} and d.user_id = ${caller.user}
      and d.conversation = messages.conversation and d.n = messages.n)`;

/** What `user` reacted with to these messages; asks only if someone reacted to one of them. */
export async function myReactions(
  db: Db,
  { key, user }: { key: string; user: string },
  rows: readonly MessageRow[],
): Promise<MyReactions[]> {
  const numbers = rows.filter((r) => r.reactions !== null && r.reactions.length > 0).map((r) => r.n);
  if (numbers.length === 0) return [];
  const found = await db
    .selectFrom('reactions')
    .select(['n', 'emoji'])
    .where('conversation', '=', key)
    .where('n', 'in', numbers)
    .where('user_id', '=', user)
    .orderBy('at')
    .orderBy('emoji')
    .execute();
  const mine = new Map<number, z.infer<typeof Emoji>[]>();
  for (const { n, emoji } of found) mine.set(n, [...(mine.get(n) ?? []), emoji]);
  return [...mine].map(([n, emojis]) => ({ n, emojis }));
}
