import { sql } from 'kysely';
import type { Db, Trx } from '../../db/database.ts';

export type CredentialKind = 'username' | 'phone' | 'email';

/** How an account is found: a name or an address within its app, in the one spelling that is stored. */
export interface Login {
  app: number;
  kind: CredentialKind;
  identifier: string;
}

/** User names are the same in any case. */
export const usernameLogin = (app: number, username: string): Login => ({
  app,
  kind: 'username',
  identifier: username.toLowerCase(),
});

export async function findCredential(db: Db, { app, kind, identifier }: Login) {
  return await db
    .selectFrom('credentials')
    .select(['user_id', 'password'])
    .where('app', '=', app)
    .where('kind', '=', kind)
    .where('identifier', '=', identifier)
    .executeTakeFirst();
}

export interface NewCredential extends Login {
  user: string;
  password: string | null;
  at: Date;
}

/** Says whether the name or address was free. */
export async function addCredential(
  trx: Trx,
  { app, kind, identifier, user, password, at }: NewCredential,
): Promise<boolean> {
  const row = await trx
    .insertInto('credentials')
    .values({ app, kind, identifier, user_id: user, password, created_at: at })
    .onConflict((oc) => oc.columns(['app', 'kind', 'identifier']).doNothing())
    .returning('user_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The user name of a person, with its password's hash. */
export async function findPassword(db: Db, app: number, user: string) {
  return await db
    .selectFrom('credentials')
    .select(['identifier', 'password'])
    .where('app', '=', app)
    .where('user_id', '=', user)
    .where('kind', '=', 'username')
    .executeTakeFirst();
}

export async function writePassword(trx: Trx, login: Login, password: string): Promise<void> {
  await trx
    .updateTable('credentials')
    .set({ password })
    .where('app', '=', login.app)
    .where('kind', '=', login.kind)
    .where('identifier', '=', login.identifier)
    .execute();
}

/** Whoever deals with the same login waits until this transaction ends. */
export async function lockLogin(trx: Trx, { app, kind, identifier }: Login): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${app} ${kind} ${identifier}`}::text, 0))`.execute(
    trx,
  );
}
