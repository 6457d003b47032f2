import { InlayError } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** What a cursor says: all changes of transactions before `xid` are known, of this epoch. */
export interface Position {
  epoch: string;
  xid: bigint;
}

const FORM = /^([0-9a-f-]{36})\.(\d{1,20})$/;

export const formatCursor = ({ epoch, xid }: Position): string => `${epoch}.${xid}`;

/** The position of a cursor, or undefined for what never was one. */
function parseCursor(cursor: string): Position | undefined {
  const [, epoch, xid] = FORM.exec(cursor) ?? [];
  return epoch === undefined || xid === undefined ? undefined : { epoch, xid: BigInt(xid) };
}

/** Where the database is: everything before `safe` is visible, and nothing from `end` on has begun. */
export interface Horizon {
  safe: bigint;
  end: bigint;
}

/**
 * From where to tell changes: 0 without a cursor. A cursor of another epoch, or from beyond what this database has
 * ever done, as after a restore that nobody declared, is refused with `resync`.
 */
export function sinceOf(cursor: string | undefined, epoch: string, horizon: Horizon): bigint {
  if (cursor === undefined) return 0n;
  const position = parseCursor(cursor);
  if (position === undefined || position.epoch !== epoch || position.xid > horizon.end) {
    throw new InlayError('resync', 'This cursor is of another epoch; drop it and sync from the start.', {
      field: 'cursor',
    });
  }
  return position.xid;
}

/**
 * The horizon now. A transaction takes its number when it first writes and may commit after one with a higher
 * number, so only what lies before the oldest running one is sure to be seen: pg_snapshot_xmin
 * (PostgreSQL manual, 9.27.7 "Transaction ID and Snapshot Information Functions").
 */
export async function readHorizon(db: Db): Promise<Horizon> {
  const { rows } = await sql<{ safe: string; end: string }>`
    select pg_snapshot_xmin(s)::text as safe, pg_snapshot_xmax(s)::text as end from pg_current_snapshot() s`.execute(
    db,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the database gave no snapshot');
  return { safe: BigInt(row.safe), end: BigInt(row.end) };
}
