import { InlayError, visibleAfter } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { UserCaller } from '../../core/caller.ts';
import {
  type Extent,
  type Log,
  MESSAGE_COLUMNS,
  type MessageRow,
  notFound,
  type Place,
  place,
  seenBy,
  stillIn,
} from '../../log/index.ts';

/** A conversation with its counters and the number after which the caller may see messages, all from one read. */
export interface Sight extends Place, Extent {
  rev: number;
  lastN: number;
}

/** What the caller may see of a conversation; `not_found` where that is nothing. */
export async function sight(log: Log, caller: UserCaller, id: string): Promise<Sight> {
  const found = await place(log, caller, id);
  const row = await log.db
    .selectFrom('conversations as c')
    .leftJoin('members as m', (join) =>
      join.onRef('m.conversation', '=', 'c.pk').on('m.user_id', '=', caller.user).on('m.left_at', 'is', null),
    )
    .select(['c.rev', 'c.last_n as lastN', 'c.history', 'm.joined_n as joinedN', 'm.cleared_n as clearedN'])
    .where('c.pk', '=', found.facts.key)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  const self =
    row.joinedN === null || row.clearedN === null ? null : { joinedN: row.joinedN, clearedN: row.clearedN };
  // The directory may be old for a moment: who left meanwhile sees no more than anyone else.
  if (self === null && found.facts.kind !== 'channel') throw notFound();
  const floor = self === null ? 0 : visibleAfter(row.history, self);
  const still = stillIn(caller, found.facts, self?.joinedN);
  return { ...found, rev: row.rev, lastN: row.lastN, key: found.facts.key, floor, still };
}

export const messageNotFound = (): InlayError =>
  new InlayError('not_found', 'There is no such message, or you may not see it.', { field: 'n' });

/** One message that the caller sees, by its number or id; else `not_found`. */
export async function seenMessage(
  log: Log,
  caller: UserCaller,
  { conversation, match }: { conversation: string; match: RawBuilder<unknown> },
): Promise<Sight & { row: MessageRow }> {
  const s = await sight(log, caller, conversation);
  const { rows } = await sql<MessageRow>`
    select ${MESSAGE_COLUMNS} from messages where ${seenBy(caller, s)} and ${match}`.execute(log.db);
  const [row] = rows;
  if (row === undefined) throw messageNotFound();
  return { ...s, row };
}
