import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** So many wrong passwords of an account, and no more are looked at until the window is over. */
export const MOST_FAILURES = 10;
/** In ms, from the first of them. */
const FAILURE_WINDOW = 15 * 60_000;

export interface Attempt {
  app: number;
  /** The user name that was tried, whether or not there is such an account: the answer must not tell. */
  identifier: string;
  now: number;
}

/**
 * Counts one attempt before it is looked at, so that many at the same time are not more than the bound. Gives 0, or
 * the milliseconds to wait. It is stored, as the bound has to hold across nodes and restarts.
 */
export async function countAttempt(db: Db, { app, identifier, now }: Attempt): Promise<number> {
  const since = new Date(now);
  const over = sql<SqlBool>`password_failures.since <= ${new Date(now - FAILURE_WINDOW)}`;
  const row = await db
    .insertInto('password_failures')
    .values({ app, identifier, failures: 1, since })
    .onConflict((oc) =>
      oc.columns(['app', 'identifier']).doUpdateSet({
        failures: sql<number>`case when ${over} then 1 else password_failures.failures + 1 end`,
        since: sql<Date>`case when ${over} then excluded.since else password_failures.since end`,
      }),
    )
    .returning(['failures', 'since'])
    .executeTakeFirstOrThrow();
  return row.failures <= MOST_FAILURES ? 0 : Math.max(1, row.since.getTime() + FAILURE_WINDOW - now);
}

/** The right password makes up for the wrong ones. */
export async function forgetAttempts(db: Db, app: number, identifier: string): Promise<void> {
  await db
    .deleteFrom('password_failures')
    .where('app', '=', app)
    .where('identifier', '=', identifier)
    .execute();
}

export async function deleteOldAttempts(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('password_failures')
    .where('since', '<=', new Date(now - FAILURE_WINDOW))
    .execute();
}
