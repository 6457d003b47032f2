import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** What belongs to the database as a whole. */
export interface NodeState {
  /** Names one unbroken history. Cursors of another epoch are void. */
  epoch: string;
  /** Signs access tokens. */
  tokenSecret: string;
}

interface Identity {
  systemId: string | null;
  timeline: number | null;
}

/**
 * Which PostgreSQL cluster this is, and on which timeline: a dump restored elsewhere has another system identifier, a
 * promoted standby or a point-in-time recovery another timeline (PostgreSQL manual, 25.3.6 "Timelines"). Null where
 * the functions are not permitted.
 */
async function readIdentity(db: Db): Promise<Identity> {
  try {
    const { rows } = await sql<{ system: string; timeline: number }>`
      select system_identifier::text as system, timeline_id as timeline
      from pg_control_system(), pg_control_checkpoint()`.execute(db);
    return { systemId: rows[0]?.system ?? null, timeline: rows[0]?.timeline ?? null };
  } catch {
    return { systemId: null, timeline: null };
  }
}

/** Transaction numbers of another cluster mean nothing here; 0 lies before every cursor. */
async function forgetTransactions(db: Db): Promise<void> {
  for (const table of ['conversations', 'members', 'message_deletions'] as const) {
    await sql`update ${sql.table(table)} set xid = '0'`.execute(db);
  }
}

/** Begins a new epoch: every device syncs from the start. */
export async function newEpoch(db: Db, uuid: () => string): Promise<string> {
  const epoch = uuid();
  await db.updateTable('node_state').set({ epoch }).execute();
  return epoch;
}

export interface StateDeps {
  uuid: () => string;
  randomBytes: (n: number) => Uint8Array;
}

/** The state of the database, made at first start. A history that was broken since the last start gets a new epoch. */
export async function openNodeState(db: Db, { uuid, randomBytes }: StateDeps): Promise<NodeState> {
  const { systemId, timeline } = await readIdentity(db);
  return await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('node_state')
      .values({
        epoch: uuid(),
        system_id: systemId,
        timeline,
        token_secret: Buffer.from(randomBytes(32)).toString('base64url'),
      })
      .onConflict((oc) => oc.column('one').doNothing())
      .execute();
    const row = await trx.selectFrom('node_state').selectAll().forUpdate().executeTakeFirstOrThrow();
    const broken = systemId !== null && (row.system_id !== systemId || row.timeline !== timeline);
    if (!broken) return { epoch: row.epoch, tokenSecret: row.token_secret };
    if (row.system_id !== systemId) await forgetTransactions(trx);
    const epoch = uuid();
    await trx.updateTable('node_state').set({ epoch, system_id: systemId, timeline }).execute();
    return { epoch, tokenSecret: row.token_secret };
  });
}
