import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';

interface Row {
  messages: number;
  conversations: number;
  muted: number;
}

export const unread =
  (log: Log): Handler<'conversations.unread'> =>
  async (caller) => {
    const { rows } = await sql<Row>`
    select coalesce(sum(unread) filter (where not quiet), 0)::float8 as messages,
      count(*) filter (where not quiet and (unread > 0 or marked_unread))::float8 as conversations,
      coalesce(sum(unread) filter (where quiet), 0)::float8 as muted
    from (
      select m.marked_unread,
        m.archived or coalesce(m.muted_until > ${new Date(log.now())}, false) as quiet,
        greatest(0, c.last_n - greatest(m.read_n, m.cleared_n, m.joined_n, m.own_n)) as unread
      from members m join conversations c on c.pk = m.conversation
      where m.app = ${caller.app.pk} and m.user_id = ${caller.user} and m.left_at is null
    ) x`.execute(log.db);
    const row = rows[0];
    return {
      messages: row?.messages ?? 0,
      conversations: row?.conversations ?? 0,
      mutedMessages: row?.muted ?? 0,
    };
  };
