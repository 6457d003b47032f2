import { type Conversation, InlayError, LIMITS, type Role, type SystemBody } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Trx } from '../../db/database.ts';
import {
  type ChangeTx,
  conversationTopic,
  encodeEvent,
  type Log,
  type MemberRow,
  readView,
  toMember,
  userTopic,
} from '../../log/index.ts';

/** Above this a change names nobody and clients fetch the list when it is shown. */
const NAMED_MEMBERS = 100;
/** How many people a system message names. */
const NAMED_IN_MESSAGE = 10;

/** Raises the revisions of people's own state by one, in the order of their ids so that two such changes never deadlock. */
export async function bumpUserRevs(
  trx: Trx,
  app: number,
  users: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; rev: number }>`
    with locked as materialized (
      select id from users where app = ${app} and id = any(${sql.val(pgArray(users))}::text[]) order by id for no key update
    )
    update users set rev = rev + 1 from locked where users.app = ${app} and users.id = locked.id
    returning users.id, users.rev`.execute(trx);
  return new Map(rows.map((r) => [r.id, r.rev]));
}

/** To be called first by a change that raises people's revisions one after the other, for the same reason. */
export async function lockUsers(trx: Trx, app: number, users: readonly string[]): Promise<void> {
  await sql`select from users where app = ${app} and id = any(${pgArray(users)}::text[])
    order by id for no key update`.execute(trx);
}

/** A text array as PostgreSQL writes it; the driver has no type for a parameter that is a list. */
export const pgArray = (items: readonly string[]): string =>
  `{${items.map((s) => `"${s.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

export const systemBody = (
  event: SystemBody['event'],
  actor: string | null,
  more: Partial<SystemBody> = {},
): SystemBody => ({
  kind: 'system',
  event,
  actor,
  count: more.users?.length ?? 0,
  title: null,
  role: null,
  ...more,
  users: (more.users ?? []).slice(0, NAMED_IN_MESSAGE),
});

export interface Joining {
  user: string;
  role: Role;
}

/** Where new members begin: what they may see lies after `joinedN`, what they need not read ends with `readN`. */
export interface JoinAt {
  joinedN: number;
  readN: number;
}

/** Of these people, those who are not in now. */
export async function absentees(tx: ChangeTx, users: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from unnest(${pgArray(users)}::text[]) with ordinality as u(id, place)
    where not exists (select from members m
      where m.conversation = ${tx.row.pk} and m.user_id = u.id and m.left_at is null)
    order by u.place`.execute(tx.trx);
  return [...new Set(rows.map((r) => r.id))];
}

function checkSize(tx: ChangeTx, more: number): void {
  if (tx.row.kind === 'group' && tx.memberCount + more > LIMITS.membersPerGroup) {
    throw new InlayError('limit_reached', `A group has at most ${LIMITS.membersPerGroup} members.`, {
      field: 'users',
    });
  }
}

/** Makes people members who are not in now; the event and the subscriptions follow after the commit. */
export async function addMembers(
  log: Log,
  tx: ChangeTx,
  joining: readonly Joining[],
  from: JoinAt,
): Promise<void> {
  if (joining.length === 0) return;
  checkSize(tx, joining.length);
  const { pk, app } = tx.row;
  const rev = tx.nextRev();
  const revs = await bumpUserRevs(
    tx.trx,
    app,
    joining.map((j) => j.user),
  );
  const input = joining.map((j) => ({ u: j.user, r: j.role, v: revs.get(j.user) ?? 0 }));
  const { rows } = await sql<MemberRow>`
    insert into members (conversation, user_id, app, role, joined_n, joined_at, rev, user_rev, read_n, delivered_n)
    select ${pk}, u, ${app}, r, ${from.joinedN}, ${tx.at}, ${rev}, v, ${from.readN}, ${from.readN}
    from json_to_recordset(${JSON.stringify(input)}::text::json) as x(u text, r text, v int)
    on conflict (conversation, user_id) do update set
      role = excluded.role, joined_n = excluded.joined_n, joined_at = excluded.joined_at, left_at = null,
      read_n = greatest(members.read_n, excluded.read_n), delivered_n = greatest(members.delivered_n, excluded.delivered_n),
      rev = excluded.rev, user_rev = excluded.user_rev, xid = pg_current_xact_id(),
      hidden_n = null, archived = false, pinned_at = null, draft = null, marked_unread = false
    returning *`.execute(tx.trx);
  const memberCount = await setMemberCount(tx, joining.length);
  tx.after(() => {
    for (const j of joining) {
      log.forget(pk, j.user);
      log.fanout.membership({ app, user: j.user, conversation: pk, member: true });
    }
    log.forget(pk);
    const members = rows.length > NAMED_MEMBERS ? null : rows.map(toMember);
    log.fanout.publish(conversationTopic(pk), 'member.changed', {
      conversation: tx.row.id,
      rev,
      members,
      memberCount,
    });
  });
}

/** Counts from the row as this transaction left it, so that several changes in one transaction add up. */
async function setMemberCount(tx: ChangeTx, by: number): Promise<number> {
  const { member_count } = await tx.trx
    .updateTable('conversations')
    .set((eb) => ({ member_count: eb('member_count', '+', by) }))
    .where('pk', '=', tx.row.pk)
    .returning('member_count')
    .executeTakeFirstOrThrow();
  tx.memberCount = member_count;
  return member_count;
}

/** Ends memberships; the row stays, so that a device that was away learns of it. */
export async function removeMembers(log: Log, tx: ChangeTx, users: readonly string[]): Promise<void> {
  const { pk, app, id } = tx.row;
  const rev = tx.nextRev();
  const revs = await bumpUserRevs(tx.trx, app, users);
  const input = users.map((u) => ({ u, v: revs.get(u) ?? 0 }));
  const { rows } = await sql<MemberRow>`
    update members set left_at = ${tx.at}, rev = ${rev}, user_rev = x.v, xid = pg_current_xact_id(), draft = null
    from json_to_recordset(${JSON.stringify(input)}::text::json) as x(u text, v int)
    where members.conversation = ${pk} and members.user_id = x.u and members.left_at is null
    returning members.*`.execute(tx.trx);
  const memberCount = await setMemberCount(tx, -rows.length);
  // [L9] Another node may write and tell its own sessions the moment this commits, and waits for the row until then.
  const follow = (member: boolean) => {
    for (const { user_id: user } of rows) log.fanout.membership({ app, user, conversation: pk, member });
  };
  follow(false);
  tx.undo(() => follow(true));
  tx.after(() => {
    // Once more, for a session that was opened meanwhile and still found its person in.
    follow(false);
    for (const { user_id: user, user_rev: userRev } of rows) {
      log.forget(pk, user);
      log.fanout.publish(userTopic(app, user), 'conversation.left', { userRev, conversation: id });
    }
    log.forget(pk);
    const members = rows.length > NAMED_MEMBERS ? null : rows.map(toMember);
    log.fanout.publish(conversationTopic(pk), 'member.changed', {
      conversation: id,
      rev,
      members,
      memberCount,
    });
  });
}

/** Writes a line of the server's and tells it after the commit. */
export async function tellSystem(log: Log, tx: ChangeTx, body: SystemBody): Promise<number> {
  const message = await tx.addSystemMessage(body);
  tx.after(() => {
    log.fanout.publish(conversationTopic(tx.row.pk), 'message.new', {
      conversation: tx.row.id,
      rev: message.rev,
      message,
    });
  });
  return message.n;
}

/** Shows people who are on this node a conversation that they are in from now on, each as they see it. */
export async function tellJoinedHere(
  log: Log,
  j: { app: number; conversation: string; users: readonly string[] },
): Promise<void> {
  const { app, conversation } = j;
  for (const user of j.users.filter((u) => log.fanout.isHere(app, u))) {
    // In turn, so that no message that the view does not show is told before it.
    await log.inTurn(conversation, async () => {
      const view: Conversation | null = await readView(log.db, { app, user }, conversation);
      if (view?.self == null) return;
      const data = { userRev: view.self.rev, conversation: view };
      log.fanout.local(userTopic(app, user), encodeEvent('conversation.joined', data));
    });
  }
}

/** The same on all nodes. To be called after the commit. */
export async function tellJoined(
  log: Log,
  app: number,
  conversation: string,
  users: readonly string[],
): Promise<void> {
  log.fanout.joinedElsewhere({ app, conversation, users });
  await tellJoinedHere(log, { app, conversation, users });
}
