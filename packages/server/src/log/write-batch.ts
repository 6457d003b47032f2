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
}

/** A row of a batch, and the files of its message. */
interface Send {
  row: Input;
  files: Append['files'];
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
function distinct(batch: readonly Append[]): { sends: Send[]; rowOf: number[] } {
  const seen = new Map<string, number>();
  const sends: Send[] = [];
  const rowOf = batch.map((a) => {
    const key = `${a.conversation} ${a.id}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) return earlier;
    seen.set(key, sends.length);
    const { conversation: c, id, sender: s, body: b, fingerprint: f } = a;
    const { replyTo: r, mentions: m, priority: p, silent: q, at: t } = a;
    const row: Input = { o: sends.length, c, id, s, b, f, r, m, p, q, t };
    sends.push({ row, files: a.files });
    return row.o;
  });
  return { sends, rowOf };
}

/** The files that sends name, as the statement reads them. */
const filesOf = (sends: readonly Send[]): object[] =>
  sends.flatMap(({ row: { o }, files }) => files?.map(({ file: f, kind: k }, i) => ({ o, i, f, k })) ?? []);

async function execute(sql: SQL, sends: readonly Send[]): Promise<Row[]> {
  const json = JSON.stringify(sends.map(({ row }) => row));
  const files = filesOf(sends);
  for (let attempt = 1; ; attempt++) {
    try {
      if (files.length === 0) return await sql.unsafe(PLAIN, [json]);
      return await sql.unsafe(WITH_FILES, [json, JSON.stringify(files)]);
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
async function executeApart(sql: SQL, sends: readonly Send[]): Promise<Row[]> {
  try {
    return await execute(sql, sends);
  } catch (error) {
    if (sends.length === 1 || !code(error).startsWith('22')) throw error;
  }
  const apart: Row[] = [];
  for (const send of sends) {
    const written = await execute(sql, [send]).catch((error: unknown) => {
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
    const { sends, rowOf } = distinct(batch);
    const written = new Map((await executeApart(sql, sends)).map((row) => [row.o, row]));
    const claimed = new Set<number>();
    return batch.map((append, i) => {
      const o = rowOf[i] as number;
      const row = written.get(o);
      if (row === undefined) return { status: 'refused' };
      if (!row.same) return { status: 'conflict' };
      const leader = !claimed.has(o);
      claimed.add(o);
      if (leader) return committed(row, row.first);
      const twin = batch[rowOf.indexOf(o)] as Append;
      const same = twin.sender === append.sender && twin.fingerprint === append.fingerprint;
      return same ? committed(row, false) : { status: 'conflict' };
    });
  };
}
