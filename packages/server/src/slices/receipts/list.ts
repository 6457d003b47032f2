import { InlayError, isUserId } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { memberPlace, stillIn } from '../../log/index.ts';

export const list =
  (log: Log): Handler<'receipts.list'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    let query = log.db
      .selectFrom('members')
      .select(['user_id as user', 'read_n as readN', 'delivered_n as deliveredN'])
      .where('conversation', '=', facts.key)
      .where('left_at', 'is', null)
      .where(stillIn(caller, facts))
      .where('user_id', '!=', caller.user)
      .orderBy('user_id')
      .limit(input.limit + 1);
    if (input.readN !== undefined) query = query.where('read_n', '>=', input.readN);
    // Who joined later counts what came before as read, but has not seen it.
    const furthest = Math.max(input.readN ?? 0, input.deliveredN ?? 0);
    if (furthest > 0 && facts.history === 'joined') query = query.where('joined_n', '<', furthest);
    if (input.deliveredN !== undefined) query = query.where('delivered_n', '>=', input.deliveredN);
    if (input.next !== undefined) {
      if (!isUserId(input.next)) {
        throw new InlayError('invalid_input', 'Expected a `next` of an earlier page.', { field: 'next' });
      }
      query = query.where('user_id', '>', input.next);
    }
    const rows = await query.execute();
    const page = rows.slice(0, input.limit);
    return { receipts: page, next: rows.length > input.limit ? (page.at(-1)?.user ?? null) : null };
  };
