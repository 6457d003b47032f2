import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { FilesContext } from './context.ts';
import { isNamed } from './queries.ts';

/** A file that was removed. */
export interface Removed {
  app: number;
  id: string;
  blob: string | null;
  poster: string | null;
  upload: string | null;
}

/**
 * Removes those of an app's files that nothing names. In two statements: the first locks, which waits for nobody, the
 * second looks again. A message that names a file holds its row until it is committed: either the first statement
 * skips the row, or the second sees the message.
 */
export async function removeUnnamed(db: Db, app: number, files: readonly string[]): Promise<Removed[]> {
  if (files.length === 0) return [];
  return await db.transaction().execute(async (trx) => {
    // As an array, which every plan looks up in the index: a list that is joined is gone through once for each file
    // where the planner takes the table for small.
    const among = (ids: readonly string[]) => sql`f.id = any(${`{${ids.join(',')}}`}::uuid[])`;
    const { rows: held } = await sql<{ id: string }>`
      select id from files f where app = ${app} and ${among(files)} and not ${isNamed} for update skip locked`.execute(
      trx,
    );
    if (held.length === 0) return [];
    const locked = among(held.map(({ id }) => id));
    const { rows } = await sql<Removed>`
      delete from files f where app = ${app} and ${locked} and not ${isNamed}
      returning app, id, blob, poster, upload`.execute(trx);
    return rows;
  });
}

interface Blob {
  app: number;
  hash: string;
}

/** Blobs that are looked at in one transaction. */
const BATCH = 50;

const isUsed = sql<boolean>`(
  exists (select from files f where f.app = b.app and f.blob = b.hash)
  or exists (select from file_steps s where s.app = b.app and s.hash = b.hash))`;

/**
 * Removes those of some blobs that nothing names, with their bytes, and gives those that may be unnamed by that: the
 * steps of images. The bytes go while the row is locked, as who brings the same bytes again waits for that lock.
 */
async function removeBlobs({ db, blobs }: FilesContext, some: readonly Blob[]): Promise<Blob[]> {
  const json = JSON.stringify(some);
  const picked = sql`(select app, hash from json_to_recordset(${json}::text::json) as x(app int, hash text))`;
  return await db.transaction().execute(async (trx) => {
    const { rows: held } = await sql<Blob>`
      select app, hash from blobs b where (app, hash) in ${picked} and not ${isUsed}
      for update skip locked`.execute(trx);
    if (held.length === 0) return [];
    const locked = sql`(select app, hash from json_to_recordset(${JSON.stringify(held)}::text::json) as x(app int, hash text))`;
    const { rows: steps } = await sql<Blob>`
      select app, hash from file_steps where (app, blob) in ${locked}`.execute(trx);
    const { rows: gone } = await sql<Blob>`
      delete from blobs b where (app, hash) in ${locked} and not ${isUsed} returning app, hash`.execute(trx);
    for (const key of gone) await blobs.delete(key);
    return steps;
  });
}

/** Removes the blobs of removed files as far as nothing else names them. Gives how many were looked at. */
export async function sweepBlobs(context: FilesContext, removed: readonly Removed[]): Promise<void> {
  let some: Blob[] = removed.flatMap(({ app, blob }) => (blob === null ? [] : [{ app, hash: blob }]));
  while (some.length > 0) {
    const next: Blob[] = [];
    for (let at = 0; at < some.length; at += BATCH) {
      next.push(...(await removeBlobs(context, some.slice(at, at + BATCH))));
    }
    some = next;
  }
}

/** Every blob that nothing names, up to so many. */
export async function unusedBlobs(db: Db, limit: number): Promise<Blob[]> {
  const { rows } = await sql<Blob>`select app, hash from blobs b where not ${isUsed} limit ${limit}`.execute(
    db,
  );
  return rows;
}

export { removeBlobs };
