import { type Conversation, LIMITS } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { MESSAGE_COLUMNS } from './message-queries.ts';
import {
  type ConversationRow,
  type MemberRow,
  type MessageRow,
  toConversation,
  type UserRow,
} from './wire.ts';

/** Who looks. */
export interface Viewer {
  app: number;
  user: string;
}

type ViewRow = ConversationRow & {
  self: MemberRow | null;
  peer: UserRow | null;
  preview: MessageRow | null;
  mentions: number[];
};

/** Unread messages with mentions that are looked through for those of one person, the newest ones first. */
const MENTIONS_READ = 1000;

/**
 * Completes picked conversations to what `viewer` sees of them: own side, other person, last visible message.
 * `picked` is a query that gives `pk`; `order` sorts the result.
 */
function viewQuery(
  viewer: Viewer,
  picked: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): RawBuilder<ViewRow> {
  const { app, user } = viewer;
  return sql<ViewRow>`
    with picked as materialized (${picked})
    select c.*, row_to_json(m.*) as self,
      (select row_to_json(x) from (
        select id, kind, name, avatar, custom from users
        where users.app = c.app and c.kind = 'direct'
          and users.id = case when c.person_a = ${user} then c.person_b else c.person_a end) x) as peer,
      (select row_to_json(x) from (
        select ${MESSAGE_COLUMNS} from messages
        where messages.conversation = c.pk and messages.n <= c.last_n
          and messages.n > greatest(coalesce(m.cleared_n, 0), case when c.history = 'joined' then coalesce(m.joined_n, 0) else 0 end)
          and not exists (select from message_deletions d
            where d.app = ${app} and d.user_id = ${user} and d.conversation = c.pk and d.n = messages.n)
        order by messages.n desc limit 1) x) as preview,
      case when c.last_n > greatest(m.read_n, m.cleared_n, m.joined_n, m.own_n) then (
        select coalesce(json_agg(n order by n), '[]') from (
          select n from (
            select n, mentions from messages
            where messages.conversation = c.pk and mentions is not null
              and messages.n > greatest(m.read_n, m.cleared_n, m.joined_n, m.own_n)
            order by n desc limit ${MENTIONS_READ}) unread
          where ${user} = any(mentions) and not exists (select from message_deletions d
            where d.app = ${app} and d.user_id = ${user} and d.conversation = c.pk and d.n = unread.n)
          order by n desc limit ${LIMITS.unreadMentions}) mine)
      else '[]'::json end as mentions
    from picked
    join conversations c on c.pk = picked.pk
    left join members m on m.conversation = c.pk and m.user_id = ${user} and m.left_at is null
    order by ${order}`;
}

/** Runs a view query; rows in the order asked for. */
export async function readViews(
  db: Db,
  viewer: Viewer,
  picked: RawBuilder<unknown>,
  order: RawBuilder<unknown> = sql`c.active_at desc, c.pk desc`,
): Promise<{ view: Conversation; row: ConversationRow }[]> {
  const { rows } = await viewQuery(viewer, picked, order).execute(db);
  return rows.map(({ self, peer, preview, mentions, ...row }) => ({
    row: row as ConversationRow,
    view: toConversation(viewer.user, { row: row as ConversationRow, self, peer, preview, mentions }),
  }));
}

/** One conversation by its key as `viewer` sees it; the caller has checked that they may. */
export async function readView(db: Db, viewer: Viewer, key: string): Promise<Conversation | null> {
  const [found] = await readViews(db, viewer, sql`select ${key}::bigint as pk`);
  return found?.view ?? null;
}
