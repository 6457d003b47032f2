import { InlayError, type Input } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import { type Log, readViews } from '../../log/index.ts';

/** Pinned ones stand before all others, the latest pin first; then the latest activity. */
const RANK = sql`coalesce(m.pinned_at, '-infinity'::timestamptz)`;
const HIDDEN = sql`(m.hidden_n is not null and c.last_n <= m.hidden_n)`;
const UNREAD = sql`(m.marked_unread or c.last_n > greatest(m.read_n, m.cleared_n, m.joined_n, m.own_n))`;

function conditions({ unread, pinned, archived, hidden, kind }: Input<'conversations.list'>['filter']) {
  const all: RawBuilder<unknown>[] = [sql`m.archived = ${archived}`, hidden ? HIDDEN : sql`not ${HIDDEN}`];
  if (unread !== undefined) all.push(unread ? UNREAD : sql`not ${UNREAD}`);
  if (pinned !== undefined) all.push(pinned ? sql`m.pinned_at is not null` : sql`m.pinned_at is null`);
  if (kind !== undefined) all.push(sql`c.kind = ${kind}`);
  return all;
}

/** Where a page ended: pin time (0: none) and activity in milliseconds, and the key. */
function parseToken(token: string): { pinned: number; active: number; key: string } {
  const parts = /^(\d{1,15})\.(\d{1,15})\.(\d{1,18})$/.exec(token);
  if (parts === null)
    throw new InlayError('invalid_input', 'Expected a `next` of an earlier page.', { field: 'next' });
  return { pinned: Number(parts[1]), active: Number(parts[2]), key: parts[3] as string };
}

function after(token: string | undefined): RawBuilder<unknown>[] {
  if (token === undefined) return [];
  const { pinned, active, key } = parseToken(token);
  const rank = pinned === 0 ? sql`'-infinity'::timestamptz` : sql`${new Date(pinned)}::timestamptz`;
  return [sql`(${RANK}, c.active_at, c.pk) < (${rank}, ${new Date(active)}::timestamptz, ${key}::bigint)`];
}

export const list =
  (log: Log): Handler<'conversations.list'> =>
  async (caller, input) => {
    const { user, app } = caller;
    const where = [...conditions(input.filter), ...after(input.next)];
    const picked = sql`
    select c.pk from members m join conversations c on c.pk = m.conversation
    where m.app = ${app.pk} and m.user_id = ${user} and m.left_at is null and ${sql.join(where, sql` and `)}
    order by ${RANK} desc, c.active_at desc, c.pk desc limit ${input.limit + 1}`;
    const order = sql`${RANK} desc, c.active_at desc, c.pk desc`;
    const found = await readViews(log.db, { app: app.pk, user }, picked, order);
    const page = found.slice(0, input.limit);
    const last = page.at(-1);
    return {
      conversations: page.map((p) => p.view),
      next:
        found.length > input.limit && last !== undefined
          ? `${last.view.self?.pinnedAt ?? 0}.${last.view.activeAt}.${last.row.pk}`
          : null,
    };
  };
