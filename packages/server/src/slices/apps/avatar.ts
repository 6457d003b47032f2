import { type App, InlayError } from '@inlay-im/protocol';
import type { Jobs } from '../../core/jobs.ts';
import type { Db } from '../../db/database.ts';
import { changeAvatar } from '../files/index.ts';
import type { AppRecord } from './queries.ts';

/** What anyone may see of an app. */
export const toApp = ({ id, name, avatar }: Pick<AppRecord, 'id' | 'name' | 'avatar'>): App => ({
  id,
  name,
  avatar,
});

/** Gives an app another picture, or null for none; the image that it had goes, unless something else names it. */
export async function writeAppAvatar(
  { db, jobs }: { db: Db; jobs: Jobs },
  { app, avatar }: { app: number; avatar: string | null },
): Promise<App> {
  return await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('apps')
      .select(['id', 'name', 'avatar'])
      .where('pk', '=', app)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new InlayError('not_found', 'There is no such app.');
    await changeAvatar(trx, jobs, { app, owner: null, before: row.avatar, after: avatar });
    await trx.updateTable('apps').set({ avatar }).where('pk', '=', app).execute();
    return toApp({ ...row, avatar });
  });
}
