import { sql } from 'kysely';
import type { Db, Trx } from '../../db/database.ts';
import type { ConversationRow, MemberRow } from '../../log/index.ts';
import { bumpUserRevs } from '../members/index.ts';
import { type Mark, raise, type Top } from './marks.ts';

/** What a written mark did. */
export interface Written {
  mark: Mark;
  member: MemberRow;
  conversation: ConversationRow;
  /** Whether reading went on or the unread flag fell: all devices of this person are told. */
  read: boolean;
  /** Whether anything changed that others see. */
  moved: boolean;
  /** Whether what others see as the highest mark changed. */
  topMoved: boolean;
}

type Found = { c: ConversationRow; m: MemberRow };

/** Locks the conversations in the order of their keys, then reads the members, so that no two batches deadlock. */
async function lockRows(trx: Trx, marks: readonly Mark[]): Promise<Map<string, Found>> {
  const input = JSON.stringify(marks.map((m) => ({ c: m.conversation, u: m.user })));
  const { rows: conversations } = await sql<ConversationRow>`
    select * from conversations where pk in (
      select c from json_to_recordset(${input}::text::json) as x(c bigint)) order by pk for no key update`.execute(
    trx,
  );
  const { rows: members } = await sql<MemberRow>`
    select members.* from members join json_to_recordset(${input}::text::json) as x(c bigint, u text)
      on members.conversation = x.c and members.user_id = x.u where members.left_at is null`.execute(trx);
  const byKey = new Map(conversations.map((c) => [String(c.pk), c]));
  const found = new Map<string, Found>();
  for (const m of members) {
    const c = byKey.get(String(m.conversation));
    if (c !== undefined) found.set(`${m.conversation} ${m.user_id}`, { c, m });
  }
  return found;
}

const readTop = (c: ConversationRow): Top => ({ n: c.read_n, by: c.read_by, n2: c.read_n2 });
const deliveredTop = (c: ConversationRow): Top => ({
  n: c.delivered_n,
  by: c.delivered_by,
  n2: c.delivered_n2,
});

/** Applies one mark to the rows in memory: bounded by the last message, merged by maximum. */
function apply(mark: Mark, { c, m }: Found): Written {
  const readN = Math.max(m.read_n, Math.min(mark.readN, c.last_n));
  const deliveredN = Math.max(m.delivered_n, readN, Math.min(mark.deliveredN, c.last_n));
  const read = readN > m.read_n || (mark.readN > 0 && m.marked_unread);
  const moved = readN > m.read_n || deliveredN > m.delivered_n;
  const tops = [raise(readTop(c), m.user_id, readN), raise(deliveredTop(c), m.user_id, deliveredN)] as const;
  const topMoved =
    tops[0].n !== c.read_n ||
    tops[0].n2 !== c.read_n2 ||
    tops[1].n !== c.delivered_n ||
    tops[1].n2 !== c.delivered_n2;
  Object.assign(c, { read_n: tops[0].n, read_by: tops[0].by, read_n2: tops[0].n2 });
  Object.assign(c, { delivered_n: tops[1].n, delivered_by: tops[1].by, delivered_n2: tops[1].n2 });
  Object.assign(m, { read_n: readN, delivered_n: deliveredN });
  if (mark.readN > 0) m.marked_unread = false;
  return { mark, member: m, conversation: c, read, moved, topMoved };
}

/** Hands out a person's next revisions to what their devices must be told, one each. */
async function number(trx: Trx, written: readonly Written[]): Promise<void> {
  const byApp = Map.groupBy(
    written.filter((w) => w.read),
    (w) => w.member.app,
  );
  for (const [app, all] of [...byApp].sort((a, b) => a[0] - b[0])) {
    const byUser = Map.groupBy(all, (w) => w.member.user_id);
    // A person seldom marks several conversations in one batch; those few get their further revisions one by one.
    let round = [...byUser.values()];
    while (round.length > 0) {
      const revs = await bumpUserRevs(
        trx,
        app,
        round.map((ws) => (ws[0] as Written).member.user_id),
      );
      for (const ws of round) {
        const w = ws.shift() as Written;
        w.member.user_rev = revs.get(w.member.user_id) ?? w.member.user_rev;
      }
      round = round.filter((ws) => ws.length > 0);
    }
  }
}

async function store(trx: Trx, written: readonly Written[]): Promise<void> {
  const members = written
    .filter((w) => w.read || w.moved)
    .map(({ member: m }) => ({
      c: m.conversation,
      u: m.user_id,
      r: m.read_n,
      d: m.delivered_n,
      f: m.marked_unread,
      v: m.user_rev,
    }));
  if (members.length > 0) {
    await sql`update members set read_n = x.r, delivered_n = x.d, marked_unread = x.f, user_rev = x.v,
        xid = pg_current_xact_id()
      from json_to_recordset(${JSON.stringify(members)}::text::json) as x(c bigint, u text, r int, d int, f boolean, v int)
      where members.conversation = x.c and members.user_id = x.u`.execute(trx);
  }
  const tops = [...new Set(written.filter((w) => w.topMoved).map((w) => w.conversation))].map((c) => ({
    ...{ c: c.pk, r: c.read_n, rb: c.read_by, r2: c.read_n2 },
    ...{ d: c.delivered_n, db: c.delivered_by, d2: c.delivered_n2 },
  }));
  if (tops.length === 0) return;
  await sql`update conversations set read_n = x.r, read_by = x.rb, read_n2 = x.r2, delivered_n = x.d,
      delivered_by = x.db, delivered_n2 = x.d2, xid = pg_current_xact_id()
    from json_to_recordset(${JSON.stringify(tops)}::text::json)
      as x(c bigint, r int, rb text, r2 int, d int, db text, d2 int)
    where pk = x.c`.execute(trx);
}

/** Writes a batch of marks in one transaction; undefined for someone who is no member. */
export async function writeMarks(db: Db, marks: readonly Mark[]): Promise<(Written | undefined)[]> {
  return await db.transaction().execute(async (trx) => {
    const found = await lockRows(trx, marks);
    const all = marks.map((mark) => {
      const rows = found.get(`${mark.conversation} ${mark.user}`);
      return rows === undefined ? undefined : apply(mark, rows);
    });
    const written = all.filter((w) => w !== undefined);
    await number(trx, written);
    await store(trx, written);
    return all;
  });
}
