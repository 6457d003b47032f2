import type { Db } from '../db/database.ts';
import { readHorizon } from '../slices/sync/cursor.ts';

/**
 * Resolves when every cursor from now on lies behind all that has been committed. A cursor stands at the oldest
 * transaction that still runs, and a job has transactions of its own, so that a sync may tell a little twice; a test
 * that says what is not told again waits for this first.
 */
export async function settled(db: Db): Promise<void> {
  const { end } = await readHorizon(db);
  let safe = 0n;
  while (safe < end) ({ safe } = await readHorizon(db));
}
