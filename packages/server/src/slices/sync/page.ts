import { InlayError, type SyncPage } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { readViews, type Viewer } from '../../log/index.ts';
import { readHorizon } from './cursor.ts';

/** Deletions, and plays, told in one go. Who was away for more begins anew. */
const TOLD = 5000;

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

interface One {
  conversation: string;
  n: number;
}

interface OwnRow {
  left: SyncPage['left'];
  deleted: One[];
  played: One[];
}

type Own = Pick<SyncPage, 'left' | 'deleted' | 'played'>;

const NOTHING: Own = { left: [], deleted: [], played: [] };

/** Single messages by their conversations. */
function grouped(all: One[], what: string): Own['deleted'] {
  if (all.length > TOLD) {
    throw new InlayError(
      'resync',
      `Too much was ${what} since this cursor; drop it and sync from the start.`,
      { field: 'cursor' },
    );
  }
  const byConversation = [...Map.groupBy(all, (one) => one.conversation)];
  return byConversation.map(([conversation, ones]) => ({ conversation, numbers: ones.map(({ n }) => n) }));
}

/** What the viewer alone did to conversations and single messages, in one read. */
async function readOwn(db: Db, { app, user }: Viewer, since: bigint): Promise<Own> {
  const xid = sql`${since.toString()}::xid8`;
  const { rows } = await sql<OwnRow>`select
    (select coalesce(json_agg(c.id), '[]') from members m join conversations c on c.pk = m.conversation
      where m.app = ${app} and m.user_id = ${user} and m.left_at is not null and m.xid >= ${xid}) as left,
    (select coalesce(json_agg(x), '[]') from (
      select c.id as conversation, d.n from message_deletions d join conversations c on c.pk = d.conversation
      where d.app = ${app} and d.user_id = ${user} and d.xid >= ${xid}
      order by c.id, d.n limit ${TOLD + 1}) x) as deleted,
    (select coalesce(json_agg(x), '[]') from (
      select c.id as conversation, p.n from message_plays p
      join messages m on m.conversation = p.conversation and m.n = p.n and m.recalled_at is null
      join conversations c on c.pk = p.conversation
      where p.app = ${app} and p.user_id = ${user} and p.xid >= ${xid}
      order by c.id, p.n limit ${TOLD + 1}) x) as played`.execute(db);
  const { left, deleted, played } = rows[0] ?? { left: [], deleted: [], played: [] };
  return { left, deleted: grouped(deleted, 'deleted'), played: grouped(played, 'played') };
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
  const [found, own] = await Promise.all([
    readViews(db, viewer, picked),
    first ? readOwn(db, viewer, since) : NOTHING,
  ]);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    cursor,
    next: last ? `${since} ${query.round} ${last.view.activeAt} ${last.row.pk} ${cursor}` : null,
    conversations: page.map((p) => p.view),
    ...own,
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
