import { InlayError } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import { type Log, type MemberRow, place, stillIn, toMember } from '../../log/index.ts';

/** A page continues after a member: the number at which they joined, and their id. */
function after(token: string): { at: Date; user: string } {
  const [, ms, user] = /^(\d{1,15})\.(.+)$/.exec(token) ?? [];
  if (ms === undefined || user === undefined) {
    throw new InlayError('invalid_input', 'Expected a `next` of an earlier page.', { field: 'next' });
  }
  return { at: new Date(Number(ms)), user };
}

export const list =
  (log: Log): Handler<'members.list'> =>
  async (caller, input) => {
    const { facts } = await place(log, caller, input.conversation);
    let query = log.db
      .selectFrom('members')
      .selectAll()
      .where('conversation', '=', facts.key)
      .where('left_at', 'is', null)
      .where(stillIn(caller, facts))
      .orderBy('joined_at')
      .orderBy('user_id')
      .limit(input.limit + 1);
    if (input.roles !== undefined) query = query.where('role', 'in', input.roles);
    if (input.next !== undefined) {
      const { at, user } = after(input.next);
      query = query.where(sql<boolean>`(joined_at, user_id) > (${at}::timestamptz, ${user})`);
    }
    const rows = (await query.execute()) as MemberRow[];
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    const more = rows.length > input.limit && last !== undefined;
    return { members: page.map(toMember), next: more ? `${last.joined_at.getTime()}.${last.user_id}` : null };
  };
