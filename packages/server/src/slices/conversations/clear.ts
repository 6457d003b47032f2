import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import { type Log, type MemberRow, memberPlace, notFound, toSelf, userTopic } from '../../log/index.ts';
import { bumpUserRevs } from '../members/index.ts';

/** Clears the history for the caller. The mark only grows. */
export const clear =
  (log: Log): Handler<'conversations.clear'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    const app = caller.app.pk;
    const self = await log.change(facts.key, async (tx) => {
      const upTo = Math.min(input.upTo ?? tx.row.last_n, tx.row.last_n);
      const userRev = (await bumpUserRevs(tx.trx, app, [caller.user])).get(caller.user) ?? 0;
      const row = await tx.trx
        .updateTable('members')
        .set({
          cleared_n: sql<number>`greatest(cleared_n, ${upTo}::int)`,
          user_rev: userRev,
          xid: sql`pg_current_xact_id()` as never,
        })
        .where('conversation', '=', facts.key)
        .where('user_id', '=', caller.user)
        .where('left_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) throw notFound();
      const cleared = toSelf(row as MemberRow);
      tx.after(() => {
        log.fanout.publish(userTopic(app, caller.user), 'self.changed', {
          userRev,
          conversation: facts.id,
          self: cleared,
        });
      });
      return cleared;
    });
    return { self };
  };
