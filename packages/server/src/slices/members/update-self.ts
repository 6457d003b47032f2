import { InlayError, type Input, LIMITS, type Output } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { defined } from '../../core/defined.ts';
import type { Handler } from '../../core/handler.ts';
import {
  type ChangeTx,
  conversationTopic,
  type Log,
  type MemberRow,
  memberPlace,
  notFound,
  toMember,
  toSelf,
  userTopic,
} from '../../log/index.ts';
import { bumpUserRevs } from './roster.ts';

type Update = Input<'members.updateSelf'>;

async function checkPins(tx: ChangeTx, user: string): Promise<void> {
  const { count } = await tx.trx
    .selectFrom('members')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('app', '=', tx.row.app)
    .where('user_id', '=', user)
    .where('left_at', 'is', null)
    .where('pinned_at', 'is not', null)
    .where('conversation', '!=', tx.row.pk)
    .executeTakeFirstOrThrow();
  if (Number(count) >= LIMITS.pinnedConversations) {
    throw new InlayError(
      'limit_reached',
      `At most ${LIMITS.pinnedConversations} conversations are pinned; unpin one first.`,
      {
        field: 'pinned',
      },
    );
  }
}

const columns = (tx: ChangeTx, u: Update) =>
  defined({
    muted_until: u.mutedUntil == null ? u.mutedUntil : new Date(u.mutedUntil),
    pinned_at: u.pinned === undefined ? undefined : u.pinned ? tx.at : null,
    archived: u.archived,
    hidden_n: u.hidden === undefined ? undefined : u.hidden ? tx.row.last_n : null,
    marked_unread: u.markedUnread,
    draft: u.draft === '' ? null : u.draft,
    nickname: u.nickname,
  });

/** A nickname is seen by all members, so it is a change of the conversation too. */
async function update(
  log: Log,
  tx: ChangeTx,
  user: string,
  input: Update,
): Promise<Output<'members.updateSelf'>> {
  const { pk, app, id } = tx.row;
  const { memberCount } = tx;
  const rev = input.nickname === undefined ? undefined : tx.nextRev();
  const userRev = (await bumpUserRevs(tx.trx, app, [user])).get(user) ?? 0;
  // The person's row is locked by now, so that no other pin of theirs is set between count and update.
  if (input.pinned === true) await checkPins(tx, user);
  const row = (await tx.trx
    .updateTable('members')
    .set({
      ...columns(tx, input),
      ...(rev === undefined ? {} : { rev }),
      user_rev: userRev,
      xid: sql`pg_current_xact_id()` as never,
    })
    .where('conversation', '=', pk)
    .where('user_id', '=', user)
    .where('left_at', 'is', null)
    .returningAll()
    .executeTakeFirst()) as MemberRow | undefined;
  if (row === undefined) throw notFound();
  const self = toSelf(row);
  tx.after(() => {
    log.fanout.publish(userTopic(app, user), 'self.changed', { userRev, conversation: id, self });
    if (rev === undefined) return;
    const members = [toMember(row)];
    log.fanout.publish(conversationTopic(pk), 'member.changed', {
      conversation: id,
      rev,
      members,
      memberCount,
    });
  });
  return { self };
}

export const updateSelf =
  (log: Log): Handler<'members.updateSelf'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    return await log.change(facts.key, (tx) => update(log, tx, caller.user, input));
  };
