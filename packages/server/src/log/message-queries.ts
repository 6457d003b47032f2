import type { Mine } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
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

interface Whose {
  app: number;
  user: string;
  key: string;
}

async function reacted(db: Db, { key, user }: Whose, numbers: number[]) {
  if (numbers.length === 0) return [];
  return await db
    .selectFrom('reactions')
    .select(['n', 'emoji'])
    .where('conversation', '=', key)
    .where('n', 'in', numbers)
    .where('user_id', '=', user)
    .orderBy('at')
    .orderBy('emoji')
    .execute();
}

async function played(db: Db, { app, key, user }: Whose, numbers: number[]) {
  if (numbers.length === 0) return [];
  return await db
    .selectFrom('message_plays')
    .select('n')
    .where('app', '=', app)
    .where('user_id', '=', user)
    .where('conversation', '=', key)
    .where('n', 'in', numbers)
    .execute();
}

/** Whether a message has something that is played. */
export const isPlayable = ({ body }: Pick<MessageRow, 'body'>): boolean =>
  body?.kind === 'media' && body.items.some(({ kind }) => kind === 'voice' || kind === 'video');

/** What of these messages is someone's alone; asks only for what there may be. */
export async function mineOf(db: Db, whose: Whose, rows: readonly MessageRow[]): Promise<Mine[]> {
  const numbers = (which: (row: MessageRow) => boolean) => rows.filter(which).map((r) => r.n);
  const [reactions, plays] = await Promise.all([
    reacted(
      db,
      whose,
      numbers((r) => r.reactions !== null && r.reactions.length > 0),
    ),
    played(db, whose, numbers(isPlayable)),
  ]);
  const mine = new Map<number, Mine>();
  const at = (n: number): Mine => {
    const known = mine.get(n) ?? { n, emojis: [], played: false };
    mine.set(n, known);
    return known;
  };
  for (const { n, emoji } of reactions) at(n).emojis.push(emoji);
  for (const { n } of plays) at(n).played = true;
  return [...mine.values()];
}
