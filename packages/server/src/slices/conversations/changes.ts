import { type Input, type Member, type Output, visibleAfter } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import {
  type Extent,
  type Log,
  MESSAGE_COLUMNS,
  type MemberRow,
  type MessageRow,
  mayStillRead,
  mineOf,
  notFound,
  place,
  readView,
  seenBy,
  stillIn,
  toMember,
  toMessage,
} from '../../log/index.ts';

type Changes = Input<'conversations.changes'>;

interface Scan extends Extent {
  caller: UserCaller;
  from: Changes;
}

/** Messages that are new to the caller: found by number. */
async function fresh(log: Log, scan: Scan): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select ${MESSAGE_COLUMNS} from messages
    where ${seenBy(scan.caller, scan)} and n > ${scan.from.n}
    order by n limit ${scan.from.limit}`.execute(log.db);
  return rows;
}

/** Messages that the caller knew and that changed: found by revision, in an index that only holds changed ones. */
async function changed(log: Log, scan: Scan): Promise<MessageRow[]> {
  const { caller, from } = scan;
  const { rows } = await sql<MessageRow>`
    select ${MESSAGE_COLUMNS} from messages
    where ${seenBy(caller, scan)} and changed and rev > ${from.rev} and n <= ${from.n}
    order by rev limit ${from.limit}`.execute(log.db);
  return rows;
}

async function members(log: Log, { key, from, still }: Scan): Promise<Member[]> {
  const rows = await log.db
    .selectFrom('members')
    .selectAll()
    .where('conversation', '=', key)
    .where('rev', '>', from.rev)
    .where(still)
    .orderBy('rev')
    .orderBy('user_id')
    .limit(from.limit + 1)
    .execute();
  return rows.map((m) => toMember(m as MemberRow));
}

/**
 * Where to go on: a scan that was cut says up to where it is complete. What is still to come by number comes as it is
 * by then, so that only a cut of the changed ones holds the revision back.
 */
function next(from: Changes, reached: number, parts: { fresh: MessageRow[]; changed: MessageRow[] }) {
  const freshCut = parts.fresh.length === from.limit;
  const changedCut = parts.changed.length === from.limit;
  if (!freshCut && !changedCut) return null;
  const rev = changedCut ? (parts.changed.at(-1)?.rev ?? from.rev) : reached;
  return { rev, n: parts.fresh.at(-1)?.n ?? from.n };
}

export const changes =
  (log: Log): Handler<'conversations.changes'> =>
  async (caller, input) => {
    const { facts } = await place(log, caller, input.conversation);
    const viewer = { app: caller.app.pk, user: caller.user };
    // Read first: what the scans find beyond its revision is told again by an event, and known by then.
    const conversation = await readView(log.db, viewer, facts.key);
    if (conversation === null || !mayStillRead(conversation)) throw notFound();
    const { self, history } = conversation;
    const scan: Scan = {
      key: facts.key,
      caller,
      from: input,
      floor: self === null ? 0 : visibleAfter(history, self),
      still: stillIn(caller, facts, self?.joinedN),
    };
    const [freshRows, changedRows, memberRows] = await Promise.all([
      fresh(log, scan),
      changed(log, scan),
      members(log, scan),
    ]);
    const rows = [...freshRows, ...changedRows];
    const output: Output<'conversations.changes'> = {
      conversation,
      messages: rows.map((row) => toMessage(facts.id, row)),
      mine: await mineOf(log.db, { ...viewer, key: facts.key }, rows),
      members: memberRows.length > input.limit ? null : memberRows,
      next: next(input, conversation.rev, { fresh: freshRows, changed: changedRows }),
    };
    return output;
  };
