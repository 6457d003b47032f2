import type { Input } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import { type Log, MESSAGE_COLUMNS, type MessageRow, mineOf, seenBy, toMessage } from '../../log/index.ts';
import { type Sight, sight } from './floor.ts';

type Page = Input<'messages.list'>;

async function scan(
  log: Log,
  caller: UserCaller,
  s: Sight,
  part: { where: RawBuilder<unknown>; down: boolean; limit: number },
) {
  const order = part.down ? sql`n desc` : sql`n`;
  const { rows } = await sql<MessageRow>`
    select ${MESSAGE_COLUMNS} from messages
    where ${seenBy(caller, s)} and ${part.where}
    order by ${order} limit ${part.limit}`.execute(log.db);
  return part.down ? rows.reverse() : rows;
}

async function rows(log: Log, caller: UserCaller, s: Sight, page: Page): Promise<MessageRow[]> {
  const { limit } = page;
  if (page.after !== undefined) {
    return await scan(log, caller, s, { where: sql`n > ${page.after}`, down: false, limit });
  }
  if (page.around === undefined) {
    const where = page.before === undefined ? sql`true` : sql`n < ${page.before}`;
    return await scan(log, caller, s, { where, down: true, limit });
  }
  const half = Math.floor(limit / 2);
  const before = scan(log, caller, s, { where: sql`n < ${page.around}`, down: true, limit: half });
  const from = scan(log, caller, s, { where: sql`n >= ${page.around}`, down: false, limit: limit - half });
  return [...(await before), ...(await from)];
}

/** Numbers are dense, so whether more lies on a side follows from the ends of the page. */
function edges(s: Sight, page: Page, found: MessageRow[]): { hasBefore: boolean; hasAfter: boolean } {
  const first = found.at(0)?.n ?? (page.after === undefined ? s.floor + 1 : page.after + 1);
  const last = found.at(-1)?.n ?? (page.before === undefined ? s.lastN : page.before - 1);
  return { hasBefore: first > s.floor + 1, hasAfter: last < s.lastN };
}

export const list =
  (log: Log): Handler<'messages.list'> =>
  async (caller, input) => {
    // Counters first: what is committed in between is in the page, and its event finds it known.
    const s = await sight(log, caller, input.conversation);
    const found = await rows(log, caller, s, input);
    return {
      messages: found.map((row) => toMessage(s.facts.id, row)),
      mine: await mineOf(log.db, { app: caller.app.pk, user: caller.user, key: s.key }, found),
      ...edges(s, input, found),
      rev: s.rev,
      lastN: s.lastN,
    };
  };
