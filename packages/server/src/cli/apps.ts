import { randomBytes } from 'node:crypto';
import { createApp, findApp, listApps } from '../slices/apps/index.ts';
import { CliError, print, table } from './output.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

/** Prints all apps, with their secrets only if asked to. */
export async function apps({ secrets }: { secrets?: boolean }): Promise<void> {
  const all = await withDatabase(settings(), ({ db }) => listApps(db));
  const head = ['APP', 'NAME', ...(secrets ? ['SECRET'] : [])];
  print(table([head, ...all.map((a) => [a.id, a.name, ...(secrets ? [a.secret] : [])])]));
}

/** Makes an app and prints its secret. */
export async function createAppCommand(id: string, { name }: { name?: string }): Promise<void> {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) {
    throw new CliError(
      `"${id}": expected up to 64 lower-case letters, digits and hyphens, the first no hyphen.`,
    );
  }
  const made = await withDatabase(settings(), async ({ db }) => {
    const created = await createApp(db, { id, name: name ?? id, at: new Date(), randomBytes });
    return created ? await findApp(db, id) : undefined;
  });
  if (made === undefined) throw new CliError(`There is an app "${id}" already.`);
  print(`App ${made.id}\nSecret ${made.secret}`);
}
