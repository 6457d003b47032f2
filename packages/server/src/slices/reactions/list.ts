import { InlayError } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { seenMessage } from '../messages/index.ts';

/** A page continues after a reaction: its time, its person and its emoji. */
function after(token: string): [Date, string, string] {
  const [, ms, user, emoji] = /^(\d{1,15}) (\S+) (\S+)$/u.exec(token) ?? [];
  if (ms === undefined || user === undefined || emoji === undefined) {
    throw new InlayError('invalid_input', 'Expected a `next` of an earlier page.', { field: 'next' });
  }
  return [new Date(Number(ms)), user, emoji];
}

export const list =
  (log: Log): Handler<'reactions.list'> =>
  async (caller, input) => {
    const { key, still } = await seenMessage(log, caller, {
      conversation: input.conversation,
      match: sql`n = ${input.n}`,
    });
    let query = log.db
      .selectFrom('reactions')
      .select(['user_id as user', 'emoji', 'at'])
      .where('conversation', '=', key)
      .where('n', '=', input.n)
      .where(still)
      .orderBy('at')
      .orderBy('user_id')
      .orderBy('emoji')
      .limit(input.limit + 1);
    if (input.emoji !== undefined) query = query.where('emoji', '=', input.emoji);
    if (input.next !== undefined) {
      const [at, user, emoji] = after(input.next);
      query = query.where(sql<boolean>`(at, user_id, emoji) > (${at}::timestamptz, ${user}, ${emoji})`);
    }
    const rows = await query.execute();
    const page = rows.slice(0, input.limit).map((r) => ({ ...r, at: r.at.getTime() }));
    const last = page.at(-1);
    const more = rows.length > input.limit && last !== undefined;
    return { reactions: page, next: more ? `${last.at} ${last.user} ${last.emoji}` : null };
  };
