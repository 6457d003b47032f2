import { type Selectable, sql } from 'kysely';
import type { App } from '../../core/caller.ts';
import type { Db } from '../../db/database.ts';
import { AppSettings } from './settings.ts';
import type { AppsTables } from './tables.ts';

/** An app with what its tokens are checked by. */
export interface AppRecord extends App {
  name: string;
  /** Where its picture is; null: it has none. */
  avatar: string | null;
  secret: string;
  settings: AppSettings;
}

export const DEFAULT_APP = 'default';

const secretOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export interface NewApp {
  id: string;
  name: string;
  at: Date;
  randomBytes: (n: number) => Uint8Array;
}

/** Makes an app unless its id is taken; says whether it did. */
export async function createApp(db: Db, { id, name, at, randomBytes }: NewApp): Promise<boolean> {
  const row = await db
    .insertInto('apps')
    .values({
      id,
      name,
      secret: secretOf(randomBytes(32)),
      settings: sql<string>`'{}'::json`,
      created_at: at,
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .returning('pk')
    .executeTakeFirst();
  return row !== undefined;
}

const COLUMNS = ['pk', 'id', 'name', 'avatar', 'secret', 'settings'] as const;
type Row = Pick<Selectable<AppsTables['apps']>, (typeof COLUMNS)[number]>;

const toRecord = (row: Row): AppRecord => ({ ...row, settings: AppSettings.parse(row.settings) });

export async function findApp(db: Db, id: string): Promise<AppRecord | undefined> {
  const row = await db.selectFrom('apps').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row && toRecord(row);
}

export async function findAppByPk(db: Db, pk: number): Promise<AppRecord | undefined> {
  const row = await db.selectFrom('apps').select(COLUMNS).where('pk', '=', pk).executeTakeFirst();
  return row && toRecord(row);
}

export async function listApps(db: Db): Promise<AppRecord[]> {
  return (await db.selectFrom('apps').select(COLUMNS).orderBy('pk').execute()).map(toRecord);
}

export async function writeSettings(
  db: Db,
  id: string,
  change: Partial<AppSettings>,
): Promise<AppSettings | undefined> {
  const app = await findApp(db, id);
  if (app === undefined) return undefined;
  const settings = AppSettings.parse({ ...app.settings, ...change });
  await db
    .updateTable('apps')
    .set({ settings: sql<string>`${JSON.stringify(settings)}::text::json` as never })
    .where('pk', '=', app.pk)
    .execute();
  return settings;
}
