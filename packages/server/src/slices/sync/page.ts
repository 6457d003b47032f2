import { InlayError, type SyncPage } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { readViews, type Viewer } from '../../log/index.ts';
import { readHorizon } from './cursor.ts';

/** Deletions told in one go. Who was away for more begins anew. */
const DELETIONS = 5000;

export interface PageQuery {
  /** Changes of transactions from this one on; 0n: everything. */
  since: bigint;
  /** The cursor that this sync ends with. */
  cursor: string;
  limit: number;
  /** What was sure to be seen when this round of pages began. */
  round: bigint;
  /** Where the page before ended. */
  after: { active: number; key: string } | null;
}

const TOKEN = /^(\d{1,19}) (\d{1,19}) (\d{1,15}) (\d{1,18}) (\S+)$/;

/** A further page carries all that its query needs, so that nothing is kept for it. */
export function parsePageToken(token: string, limit: number): PageQuery {
  const [, since, round, active, key, cursor] = TOKEN.exec(token) ?? [];
  if (!since || !round || !active || !key || !cursor) {
    throw new InlayError('invalid_input', 'Expected a `next` of an earlier page.', { field: 'next' });
  }
  const after = { active: Number(active), key };
  return { since: BigInt(since), round: BigInt(round), cursor, limit, after };
}

interface Gone {
  left: SyncPage['left'];
  deleted: { conversation: string; n: number }[];
}

/** What is no longer there for the viewer, in one read. */
async function readGone(
  db: Db,
  { app, user }: Viewer,
  since: bigint,
): Promise<Pick<SyncPage, 'left' | 'deleted'>> {
  const xid = sql`${since.toString()}::xid8`;
  const { rows } = await sql<Gone>`select
    (select coalesce(json_agg(c.id), '[]') from members m join conversations c on c.pk = m.conversation
      where m.app = ${app} and m.user_id = ${user} and m.left_at is not null and m.xid >= ${xid}) as left,
    (select coalesce(json_agg(x), '[]') from (
      select c.id as conversation, d.n from message_deletions d join conversations c on c.pk = d.conversation
      where d.app = ${app} and d.user_id = ${user} and d.xid >= ${xid}
      order by c.id, d.n limit ${DELETIONS + 1}) x) as deleted`.execute(db);
  const { left, deleted } = rows[0] ?? { left: [], deleted: [] };
  if (deleted.length > DELETIONS) {
    throw new InlayError(
      'resync',
      'Too much was deleted since this cursor; drop it and sync from the start.',
      { field: 'cursor' },
    );
  }
  const byConversation = [...Map.groupBy(deleted, (d) => d.conversation)];
  return {
    left,
    deleted: byConversation.map(([conversation, all]) => ({ conversation, numbers: all.map((d) => d.n) })),
  };
}

/** One page of what changed for `viewer`, by last activity, newest first. */
async function readOne(db: Db, viewer: Viewer, query: PageQuery): Promise<SyncPage> {
  const { since, limit, after, cursor } = query;
  const xid = sql`${since.toString()}::xid8`;
  const changed = since === 0n ? sql`true` : sql`(c.xid >= ${xid} or m.xid >= ${xid})`;
  const below =
    after === null
      ? sql`true`
      : sql`(c.active_at, c.pk) < (${new Date(after.active)}::timestamptz, ${after.key}::bigint)`;
  const picked = sql`
    select c.pk from members m join conversations c on c.pk = m.conversation
    where m.app = ${viewer.app} and m.user_id = ${viewer.user} and m.left_at is null and ${changed} and ${below}
    order by c.active_at desc, c.pk desc limit ${limit + 1}`;
  const first = after === null && since > 0n;
  const [found, gone] = await Promise.all([
    readViews(db, viewer, picked),
    first ? readGone(db, viewer, since) : { left: [], deleted: [] },
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    cursor,
    next: last ? `${since} ${query.round} ${last.view.activeAt} ${last.row.pk} ${cursor}` : null,
    conversations: page.map((p) => p.view),
    ...gone,
  };
}

/**
 * One page. A conversation that becomes active between two pages moves up, past the place where the next page begins;
 * so the last of several pages brings, once more or for the first time, what changed since the first of them.
 */
export async function readPage(db: Db, viewer: Viewer, query: PageQuery): Promise<SyncPage> {
  const page = await readOne(db, viewer, query);
  if (page.next !== null || query.after === null) return page;
  const { safe } = await readHorizon(db);
  const moved = await readOne(db, viewer, { ...query, since: query.round, round: safe, after: null });
  return {
    ...moved,
    conversations: [...page.conversations, ...moved.conversations],
  };
}
