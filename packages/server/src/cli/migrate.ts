import { MIGRATIONS } from '../db/all-migrations.ts';
import { print } from './output.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

/** Brings the schema forward without serving. */
export async function migrateCommand(): Promise<void> {
  await withDatabase(settings(), async () => undefined);
  print(`The database has schema version ${MIGRATIONS.length}.`);
}
