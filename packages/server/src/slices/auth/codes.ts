import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Input } from '@inlay-im/protocol';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../../db/database.ts';
import type { Login } from './credentials.ts';
import type { AuthTables } from './tables.ts';

export type Ticket = Selectable<AuthTables['codes']>;

/** How often a ticket's code may be tried. */
const TRIES = 5;
/** Until the next code may be sent to an address, in ms. */
export const RESEND = 60_000;
const HOUR = 3600_000;
/** What one address is sent at most: so many in so long. With the tries it bounds how much can be guessed. */
const PER_ADDRESS = [
  { most: 1, within: RESEND },
  { most: 5, within: HOUR },
  { most: 10, within: 24 * HOUR },
] as const;
/** Tickets are kept this long to count them. */
const KEPT = 24 * HOUR;

/** Where a code goes, in the one spelling that is stored. */
export function codeLogin(app: number, to: Input<'auth.requestCode'>['to']): Login {
  return to.channel === 'phone'
    ? { app, kind: 'phone', identifier: to.phone }
    : { app, kind: 'email', identifier: to.email.toLowerCase() };
}

/** The six digits of a ticket. They follow from its id and the database's secret, and are stored nowhere. */
export function codeOf(tokenSecret: string, ticket: string): string {
  const key = createHmac('sha256', tokenSecret).update('one-time code').digest();
  const number = createHmac('sha256', key).update(ticket).digest().readUIntBE(0, 6);
  return String(number % 1_000_000).padStart(6, '0');
}

/** Compares in the same time whatever differs. */
export const isCode = (given: string, right: string): boolean =>
  given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));

/** How long until another code may be sent there, in ms; 0: now. The login must be locked. */
export async function waitForCode(trx: Trx, { app, kind, identifier }: Login, now: number): Promise<number> {
  const rows = await trx
    .selectFrom('codes')
    .select('created_at')
    .where('app', '=', app)
    .where('channel', '=', kind === 'phone' ? 'phone' : 'email')
    .where('address', '=', identifier)
    .where('created_at', '>', new Date(now - KEPT))
    .orderBy('created_at', 'desc')
    .limit(Math.max(...PER_ADDRESS.map((bound) => bound.most)))
    .execute();
  const sent = rows.map((row) => row.created_at.getTime());
  // The nth last one has to be out of its window before another is sent.
  return Math.max(0, ...PER_ADDRESS.map(({ most, within }) => (sent[most - 1] ?? -Infinity) + within - now));
}

export async function readTicket(db: Db, id: string): Promise<Ticket | undefined> {
  return await db.selectFrom('codes').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Takes one try of a ticket that is still good; undefined where there is none. */
export async function takeTry(
  db: Db,
  o: { app: number; ticket: string; now: number },
): Promise<Ticket | undefined> {
  return await db
    .updateTable('codes')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', o.ticket)
    .where('app', '=', o.app)
    .where('used', '=', false)
    .where('tries', '<', TRIES)
    .where('expires_at', '>', new Date(o.now))
    .returningAll()
    .executeTakeFirst();
}

/** Uses a ticket up; says whether it was unused. */
export async function useTicket(trx: Trx, id: string): Promise<boolean> {
  const row = await trx
    .updateTable('codes')
    .set({ used: true })
    .where('id', '=', id)
    .where('used', '=', false)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteOldTickets(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('codes')
    .where('created_at', '<=', new Date(now - KEPT))
    .execute();
}
