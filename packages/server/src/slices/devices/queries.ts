import { LIMITS } from '@inlay-im/protocol';
import { type Selectable, sql } from 'kysely';
import type { Db, Trx } from '../../db/database.ts';
import type { DevicesTable } from './tables.ts';

export type DeviceRow = Selectable<DevicesTable>;

/** A person within their app. */
export interface Owner {
  app: number;
  user: string;
}

export interface NewDevice extends Owner {
  id: string;
  name: string | undefined;
  refreshHash: Uint8Array;
  at: Date;
  expiresAt: Date;
}

/** Adds a device. Beyond the bound the ones unused longest are signed out; gives their ids. */
export async function insertDevice(trx: Trx, d: NewDevice): Promise<string[]> {
  await trx
    .insertInto('devices')
    .values({
      id: d.id,
      app: d.app,
      user_id: d.user,
      name: d.name ?? 'Unknown device',
      refresh_hash: d.refreshHash,
      previous_hash: null,
      rotated_at: d.at,
      created_at: d.at,
      last_seen_at: d.at,
      expires_at: d.expiresAt,
    })
    .execute();
  const surplus = trx
    .selectFrom('devices')
    .select('id')
    .where('app', '=', d.app)
    .where('user_id', '=', d.user)
    .where('id', '!=', d.id)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    // The new one is not among them, and counts.
    .offset(LIMITS.devicesPerUser - 1)
    // Whoever signs in at the same moment deletes the same ones.
    .forUpdate()
    .skipLocked();
  const gone = await trx.deleteFrom('devices').where('id', 'in', surplus).returning('id').execute();
  return gone.map((row) => row.id);
}

export async function readDevices(db: Db, { app, user }: Owner): Promise<DeviceRow[]> {
  return await db
    .selectFrom('devices')
    .selectAll()
    .where('app', '=', app)
    .where('user_id', '=', user)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** The device by its id alone, locked until the transaction ends. */
export async function lockDevice(trx: Trx, id: string): Promise<DeviceRow | undefined> {
  return await trx.selectFrom('devices').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Stores the next refresh token, or, on the same device again, only that it was used. */
export async function writeRotation(
  trx: Trx,
  id: string,
  r: { refreshHash: Uint8Array; previousHash: Uint8Array; at: Date; expiresAt: Date },
): Promise<void> {
  await trx
    .updateTable('devices')
    .set({
      refresh_hash: r.refreshHash,
      previous_hash: r.previousHash,
      rotated_at: r.at,
      last_seen_at: r.at,
      expires_at: r.expiresAt,
    })
    .where('id', '=', id)
    .execute();
}

/** Signs one device of a person out; says whether it was signed in. */
export async function deleteDevice(db: Db | Trx, { app, user }: Owner, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('devices')
    .where('app', '=', app)
    .where('user_id', '=', user)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Signs all devices of a person out but one; gives their ids. */
export async function deleteOtherDevices(trx: Trx, { app, user }: Owner, keep: string): Promise<string[]> {
  const rows = await trx
    .deleteFrom('devices')
    .where('app', '=', app)
    .where('user_id', '=', user)
    .where('id', '!=', keep)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

export async function renameDevice(
  db: Db,
  { app, user }: Owner,
  d: { id: string; name: string },
): Promise<boolean> {
  const row = await db
    .updateTable('devices')
    .set({ name: d.name })
    .where('app', '=', app)
    .where('user_id', '=', user)
    .where('id', '=', d.id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Which of these devices are signed in. */
export async function readSignedIn(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from devices where id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::text::json))
  `.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Notes when devices were last used; times never go back. */
export async function writeLastSeen(db: Db, seen: readonly { id: string; at: number }[]): Promise<void> {
  const rows = JSON.stringify(seen.map(({ id, at }) => ({ id, t: at / 1000 })));
  // Locked in the order of their ids, so that two nodes never wait for each other in a circle.
  await sql`
    with x as (select id, t from json_to_recordset(${rows}::text::json) as r (id uuid, t double precision)),
    locked as (select d.id from devices d join x using (id) order by d.id for no key update of d)
    update devices d set last_seen_at = greatest(d.last_seen_at, to_timestamp(x.t))
    from x join locked using (id) where d.id = x.id
  `.execute(db);
}

/** Forgets devices whose refresh token lapsed. Gives how many there were. */
export async function deleteExpired(db: Db, at: Date): Promise<number> {
  const result = await db.deleteFrom('devices').where('expires_at', '<=', at).executeTakeFirst();
  return Number(result.numDeletedRows);
}
