import type { Body } from '@inlay-im/protocol';
import type { SQL } from 'bun';
import type { Append, AppendResult, WriteBatch } from './append-queue.ts';
import { PLAIN, WITH_FILES } from './batch-statement.ts';

/** A send as the statement reads it; names are short, as there are hundreds of them in a batch. */
interface Input {
  o: number;
  c: string;
  id: string;
  s: string;
  b: Body;
  f: string;
  r: number | null;
  m: string[] | null;
  p: string;
  q: boolean;
  t: number;
  a?: { f: string; k: string }[];
}

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
function distinct(batch: readonly Append[]): { rows: Input[]; rowOf: number[] } {
  const seen = new Map<string, number>();
  const rows: Input[] = [];
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
      ...(a.files === null ? {} : { a: a.files.map(({ file, kind }) => ({ f: file, k: kind })) }),
    });
    return rows.length - 1;
  });
  return { rows, rowOf };
}

async function execute(sql: SQL, rows: Input[]): Promise<Row[]> {
  const json = JSON.stringify(rows);
  const statement = rows.some((row) => row.a !== undefined) ? WITH_FILES : PLAIN;
  for (let attempt = 1; ; attempt++) {
    try {
      return await sql.unsafe(statement, [json]);
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
async function executeApart(sql: SQL, rows: Input[]): Promise<Row[]> {
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
