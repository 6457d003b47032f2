import { LIMITS } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Recurring, Task } from '../../core/jobs.ts';
import { SWEEP } from './ask-to-sweep.ts';
import { broughtOf } from './brought.ts';
import type { FilesContext } from './context.ts';
import { type FileRow, isNamed } from './queries.ts';
import { removeBlobs, removeUnnamed, sweepBlobs, unusedBlobs } from './remove.ts';

const SWEEP_OLD = 'files.sweepOld';
const SWEEP_STORE = 'files.sweepStore';

const Files = z.object({ app: z.int(), files: z.array(z.uuid()) });
type Files = z.infer<typeof Files>;

/** Rows that are looked at in one go. */
const PAGE = 500;
/** Bytes without a row are left alone this long, in ms: someone may be about to write the row. */
const SETTLING = 3600_000;

/** Removes those of the files that nothing names, the stills of videos after them, and their bytes. */
async function sweepFiles(context: FilesContext, { app, files }: Files): Promise<number> {
  const removed = await removeUnnamed(context.db, app, files);
  const posters = removed.flatMap(({ poster }) => (poster === null ? [] : [poster]));
  await sweepBlobs(context, removed);
  return removed.length + (posters.length === 0 ? 0 : await sweepFiles(context, { app, files: posters }));
}

/** Uploads that were not finished in time. What was refused is remembered as long. */
async function sweepUploads(context: FilesContext, before: Date): Promise<number> {
  const { rows } = await sql<FileRow>`
    delete from files where (app, id) in (
      select app, id from files where created_at < ${before} and state <> 'ready' limit ${PAGE} for update skip locked)
    returning *`.execute(context.db);
  for (const row of rows) await broughtOf(context, row).drop();
  return rows.length;
}

/** Whole files that nothing names, or no longer. */
async function sweepUnnamed(context: FilesContext, before: Date): Promise<number> {
  const { rows } = await sql<{ app: number; files: string[] }>`
    select app, array_agg(id) as files from (
      select app, id from files f where created_at < ${before} and state = 'ready' and not ${isNamed} limit ${PAGE}) x
    group by app`.execute(context.db);
  let count = 0;
  for (const { app, files } of rows) count += await sweepFiles(context, { app, files });
  return count;
}

async function repeat(work: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let count = await work(); count > 0; count = await work()) total += count;
  return total;
}

/** Removes blobs that nothing names: what a sweep that broke off left behind. */
async function sweepUnused(context: FilesContext): Promise<number> {
  const some = await unusedBlobs(context.db, PAGE);
  await removeBlobs(context, some);
  // Those that someone holds just now stay for the next time; without this check they would be tried for ever.
  return some.length === PAGE ? some.length : 0;
}

/** Bytes on this node's disk that belong to no upload under way. */
async function sweepDisk({ db, uploads, now }: FilesContext): Promise<void> {
  await uploads.clearTemporary(SETTLING, now());
  for (const { app, file } of await uploads.old(SETTLING, now())) {
    const known = await sql`
      select from files where app = ${app} and id::text = ${file} and state = 'uploading'`.execute(db);
    if (known.rows.length === 0) await uploads.remove({ app, file });
  }
}

async function sweepOld(context: FilesContext): Promise<void> {
  const before = new Date(context.now() - LIMITS.orphan);
  const unfinished = await repeat(() => sweepUploads(context, before));
  const unnamed = await repeat(() => sweepUnnamed(context, before));
  await repeat(() => sweepUnused(context));
  await sweepDisk(context);
  context.logger.debug('files swept', { unfinished, unnamed });
}

/**
 * Bytes in the store that no row knows, as a node leaves them that is killed between the two. A row is written for the
 * time of removing them, so that who brings the same bytes meanwhile waits, and then brings them again.
 */
async function sweepStore(context: FilesContext): Promise<void> {
  const { db, blobs, now } = context;
  let count = 0;
  for await (const { key, at } of blobs.list()) {
    if (now() - at < SETTLING) continue;
    await db.transaction().execute(async (trx) => {
      const { rows: mine } = await sql`
        insert into blobs (app, hash, size, created_at) select pk, ${key.hash}, 0, ${new Date(at)} from apps
        where pk = ${key.app} on conflict do nothing returning hash`.execute(trx);
      if (mine.length === 0) return;
      await blobs.delete(key);
      await trx.deleteFrom('blobs').where('app', '=', key.app).where('hash', '=', key.hash).execute();
      count++;
    });
  }
  if (count > 0) context.logger.info('bytes without a file were removed', { count });
}

/** The tasks that remove what nothing names any more, and when they run by themselves. */
export function sweepTasks(context: FilesContext): { tasks: Record<string, Task>; recurring: Recurring[] } {
  return {
    tasks: {
      [SWEEP]: async (payload) => void (await sweepFiles(context, Files.parse(payload))),
      [SWEEP_OLD]: () => sweepOld(context),
      [SWEEP_STORE]: () => sweepStore(context),
    },
    recurring: [
      { task: SWEEP_OLD, at: '41 * * * *' },
      { task: SWEEP_STORE, at: '29 3 * * *' },
    ],
  };
}
