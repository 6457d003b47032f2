import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openSource } from '../adapters/database.ts';
import type { Config } from '../config.ts';
import { createLogger } from '../core/log.ts';
import { MIGRATIONS } from '../db/all-migrations.ts';
import { type Database, type DatabaseAddress, openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';

/** Where a running node says how its embedded database is reached, for the commands beside it. */
const addressFile = (data: string): string => join(data, 'database.json');

export async function announceDatabase(data: string, address: DatabaseAddress): Promise<() => Promise<void>> {
  if ('url' in address) return async () => undefined;
  await writeFile(addressFile(data), JSON.stringify(address), { mode: 0o600 });
  return () => rm(addressFile(data), { force: true });
}

/** The embedded database of a node that runs on this data folder, if it answers. */
async function running(data: string): Promise<Database | undefined> {
  try {
    const address: DatabaseAddress = JSON.parse(await readFile(addressFile(data), 'utf8'));
    const database = openDatabase(address, 1);
    await sql`select 1`.execute(database.db);
    return database;
  } catch {
    return undefined;
  }
}

/**
 * Runs a task with the database of a data folder: of the node that runs on it, or else started for as long as the task
 * takes. The schema is brought forward first.
 */
export async function withDatabase<T>(config: Config, task: (database: Database) => Promise<T>): Promise<T> {
  const beside = config.database.url === undefined ? await running(config.data) : undefined;
  if (beside !== undefined) {
    try {
      return await task(beside);
    } finally {
      await beside.close();
    }
  }
  const logger = createLogger({
    ...config.log,
    write: (line) => process.stderr.write(`${line}\n`),
    now: Date.now,
  });
  const given = config.database.url === undefined ? undefined : { url: config.database.url };
  const source = await openSource({ given, dataDir: config.data, logger });
  const database = openDatabase(source.address, 2);
  try {
    await migrate(database.hot, MIGRATIONS);
    return await task(database);
  } finally {
    await database.close();
    await source.stop();
  }
}
