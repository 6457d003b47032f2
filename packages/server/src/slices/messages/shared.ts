import type { Input } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import {
  type Extent,
  type Log,
  MESSAGE_COLUMNS,
  type MessageRow,
  mineOf,
  seenBy,
  toMessage,
} from '../../log/index.ts';
import { sight } from './floor.ts';

type Kind = Input<'messages.shared'>['kind'];

/** What each kind is in `message_files`; links are found by the messages themselves. */
const KINDS = { media: ['image', 'video'], voice: ['voice'], file: ['file'] } as const;

/**
 * The numbers of messages with files of a kind, newest first. Each kind is a part of its own and in order, as an index
 * that is read backwards gives the newest of one kind; PostgreSQL merges the parts and stops when the page is full.
 */
function numbers(kinds: readonly string[], { key, floor }: Extent, below: RawBuilder<boolean>) {
  const parts = kinds.map(
    (kind) => sql`(select n from message_files
      where conversation = ${key} and kind = ${kind} and n > ${floor} and ${below} order by n desc)`,
  );
  return sql`select distinct n from (${sql.join(parts, sql` union all `)}) parts order by n desc`;
}

/** Which messages a page is taken from. */
export function source(kind: Kind, extent: Extent, before: number | undefined): RawBuilder<unknown> {
  const below = before === undefined ? sql<boolean>`true` : sql<boolean>`n < ${before}`;
  if (kind === 'link') {
    return sql`(select * from messages
      where conversation = ${extent.key} and body ->> 'text' ~ 'https?://' and ${below}) messages`;
  }
  return sql`(select messages.* from (${numbers(KINDS[kind], extent, below)}) found
    join messages on messages.conversation = ${extent.key} and messages.n = found.n) messages`;
}

export const shared =
  (log: Log): Handler<'messages.shared'> =>
  async (caller, { conversation, kind, before, limit }) => {
    const s = await sight(log, caller, conversation);
    // One more than asked for tells whether there are more.
    const { rows } = await sql<MessageRow>`
      select ${MESSAGE_COLUMNS} from ${source(kind, s, before)}
      where ${seenBy(caller, s)} order by n desc limit ${limit + 1}`.execute(log.db);
    const page = rows.slice(0, limit).reverse();
    return {
      messages: page.map((row) => toMessage(s.facts.id, row)),
      mine: await mineOf(log.db, { app: caller.app.pk, user: caller.user, key: s.key }, page),
      hasBefore: rows.length > limit,
    };
  };
