import type { Member, Role } from '@inlay-im/protocol';
import { sql } from 'kysely';
import {
  type ChangeTx,
  conversationTopic,
  type Log,
  type MemberRow,
  toMember,
  toSelf,
  userTopic,
} from '../../log/index.ts';
import { bumpUserRevs } from './roster.ts';

/** Gives a member a role: all members are told, and so are the devices of that member. */
export async function writeRole(log: Log, tx: ChangeTx, user: string, role: Role): Promise<Member> {
  const { pk, app, id } = tx.row;
  // Another change of this transaction may have let someone go.
  const { memberCount } = tx;
  const rev = tx.nextRev();
  const userRev = (await bumpUserRevs(tx.trx, app, [user])).get(user) ?? 0;
  const row = (await tx.trx
    .updateTable('members')
    .set({ role, rev, user_rev: userRev, xid: sql`pg_current_xact_id()` as never })
    .where('conversation', '=', pk)
    .where('user_id', '=', user)
    .where('left_at', 'is', null)
    .returningAll()
    .executeTakeFirstOrThrow()) as MemberRow;
  tx.after(() => {
    log.forget(pk, user);
    log.fanout.publish(userTopic(app, user), 'self.changed', {
      userRev,
      conversation: id,
      self: toSelf(row),
    });
    log.fanout.publish(conversationTopic(pk), 'member.changed', {
      conversation: id,
      rev,
      members: [toMember(row)],
      memberCount,
    });
  });
  return toMember(row);
}
