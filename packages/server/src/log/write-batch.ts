import type { SQL } from 'bun';
import type { Append, AppendResult, WriteBatch } from './append-queue.ts';

/**
 * One statement, hence one transaction and one round trip, for a whole batch:
 * - `locked` takes the counters of the conversations in key order, so that two nodes never deadlock;
 * - `known` finds retries: the same id, told apart from another message by sender and fingerprint. The revision of what
 *   changed since is that of its last change, which the retrying client does not know of; its number is never above
 *   its first revision, so that the change is still news to that client;
 * - `senders` are those who are members at this moment: locked, as what the statement saw when it began may be old by
 *   the time another node lets go of the conversation;
 * - `fresh` numbers the rest densely;
 * - a reply goes to a number that is taken; numbers are dense, so that needs no look-up;
 * - a sender's own last number is kept with their membership, as what one wrote is not unread.
 * Two nodes that write the same id at once: one of them violates the unique index, and the batch is written again.
 */
const STATEMENT = `
with input as materialized (
  select * from json_to_recordset($1::text::json) as x(
    o int, c bigint, id uuid, s text, b json, f bigint, r int, m text[], p text, q boolean, t float8)
), locked as materialized (
  select pk, last_n, rev from conversations where pk in (select c from input) order by pk for no key update
), known as materialized (
  select i.o, m.n, case when m.changed then m.n else m.rev end as rev, m.at, m.sender is not distinct from i.s and (m.fingerprint is null or m.fingerprint = i.f) as same
  from input i join messages m on m.conversation = i.c and m.id = i.id
), senders as materialized (
  select m.conversation, m.user_id from locked
  join (select distinct c, s from input) i on i.c = locked.pk
  join members m on m.conversation = i.c and m.user_id = i.s
  where m.left_at is null for no key update of m
), fresh as materialized (
  select i.*, locked.last_n + row_number() over w as n, locked.rev + row_number() over w as rev,
    to_timestamp(i.t / 1000) as at
  from input i
  join locked on locked.pk = i.c
  join senders on senders.conversation = i.c and senders.user_id = i.s
  where not exists (select from known where known.o = i.o) and (i.r is null or i.r <= locked.last_n)
  window w as (partition by i.c order by i.o)
), written as (
  insert into messages (conversation, n, rev, id, sender, at, body, fingerprint, reply_to, mentions, priority, silent)
  select c, n, rev, id, s, at, b, f, r, m, p, q from fresh
), counted as (
  update conversations set last_n = x.n, rev = x.rev, active_at = x.at, xid = pg_current_xact_id()
  from (select c, max(n) n, max(rev) rev, max(at) at from fresh group by c) x where pk = x.c
), own as (
  update members set own_n = x.n from (select c, s, max(n) n from fresh group by c, s) x
  where members.conversation = x.c and members.user_id = x.s
)
select o, n::int, rev::int, t as at, true as first, true as same from fresh
union all
select o, n, rev, round(extract(epoch from at) * 1000)::float8, false, same from known`;

interface Row {
  o: number;
  n: number;
  rev: number;
  at: number;
  first: boolean;
  same: boolean;
}

const UNIQUE_VIOLATION = '23505';
const SERIALIZATION = new Set(['40001', '40P01', UNIQUE_VIOLATION]);
/** A second conflict on the same batch would need yet another node with the same ids at the same moment. */
const ATTEMPTS = 5;

const code = (error: unknown): string => String((error as { errno?: unknown } | null)?.errno ?? '');

/** Sends of one batch that have the same conversation and id: only the first is written, the others share its place. */
function distinct(batch: readonly Append[]): { rows: object[]; rowOf: number[] } {
  const seen = new Map<string, number>();
  const rows: object[] = [];
  const rowOf = batch.map((a) => {
    const key = `${a.conversation} ${a.id}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) return earlier;
    seen.set(key, rows.length);
    const { conversation: c, id, sender: s, body: b, fingerprint: f } = a;
    rows.push({
      o: rows.length,
      c,
      id,
      s,
      b,
      f,
      r: a.replyTo,
      m: a.mentions,
      p: a.priority,
      q: a.silent,
      t: a.at,
    });
    return rows.length - 1;
  });
  return { rows, rowOf };
}

async function execute(sql: SQL, rows: object[]): Promise<Row[]> {
  const json = JSON.stringify(rows);
  for (let attempt = 1; ; attempt++) {
    try {
      return await sql.unsafe(STATEMENT, [json]);
    } catch (error) {
      if (attempt === ATTEMPTS || !SERIALIZATION.has(code(error))) throw error;
    }
  }
}

const committed = (row: Row, first: boolean): AppendResult => ({
  status: 'committed',
  n: row.n,
  rev: row.rev,
  at: row.at,
  first,
});

/** A send that PostgreSQL cannot take must not fail its neighbours: the batch is then written one by one. */
async function executeApart(sql: SQL, rows: object[]): Promise<Row[]> {
  try {
    return await execute(sql, rows);
  } catch (error) {
    if (rows.length === 1 || !code(error).startsWith('22')) throw error;
  }
  const apart: Row[] = [];
  for (const row of rows) {
    const written = await execute(sql, [row]).catch((error: unknown) => {
      if (code(error).startsWith('22')) return [];
      throw error;
    });
    apart.push(...written);
  }
  return apart;
}

/** Writes batches to PostgreSQL; rejects if the transaction did not commit, or its fate is unknown. */
export function createBatchWriter(sql: SQL): WriteBatch {
  return async (batch) => {
    const { rows, rowOf } = distinct(batch);
    const written = new Map((await executeApart(sql, rows)).map((row) => [row.o, row]));
    const claimed = new Set<number>();
    return batch.map((append, i) => {
      const o = rowOf[i] as number;
      const row = written.get(o);
      if (row === undefined) return { status: 'refused' };
      if (!row.same) return { status: 'conflict' };
      const leader = !claimed.has(o);
      claimed.add(o);
      const twin = batch[rowOf.indexOf(o)] as Append;
      if (!leader && (twin.sender !== append.sender || twin.fingerprint !== append.fingerprint)) {
        return { status: 'conflict' };
      }
      return committed(row, row.first && leader);
    });
  };
}
