import type { Db } from '../db/database.ts';
import { type AppRecord, DEFAULT_APP, findApp } from '../slices/apps/index.ts';
import { CliError } from './output.ts';

/** The app of this id; says how to find the ids of those that there are. */
export async function namedApp(db: Db, id: string): Promise<AppRecord> {
  const app = await findApp(db, id);
  if (app !== undefined) return app;
  if (id !== DEFAULT_APP) throw new CliError(`There is no app "${id}"; "inlay apps" lists them.`);
  throw new CliError(
    `There is no app "${id}" yet: it is made when a node first starts. Run "inlay start" once.`,
  );
}
