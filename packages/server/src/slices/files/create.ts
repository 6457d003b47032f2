import { InlayError, type Input, LIMITS, type Output, type Upload } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import type { Trx } from '../../db/database.ts';
import { toStoredFile } from './attachable.ts';
import type { FilesContext, FilesLimits } from './context.ts';
import { safeName } from './names.ts';
import { type FileRow, fileNotFound, fileOf, wasRejected } from './queries.ts';

type Wanted = Input<'files.create'>;

/** Files of a person that may be under way at once. */
const UNDER_WAY = 100;

/** What a person has, and how many files of theirs are under way. */
async function usageOf(trx: Trx, { app, user }: UserCaller): Promise<{ bytes: number; underWay: number }> {
  const { rows } = await sql<{ bytes: string; under: number }>`
    select coalesce(sum(size), 0)::text as bytes, (count(*) filter (where state = 'uploading'))::int as under
    from files where app = ${app.pk} and owner = ${user} and state <> 'rejected'`.execute(trx);
  return { bytes: Number(rows[0]?.bytes), underWay: rows[0]?.under ?? 0 };
}

/** What an app has: equal files once, and what is under way as it was declared. */
async function usageOfApp(trx: Trx, app: number): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select ((select coalesce(sum(size), 0) from blobs where app = ${app})
      + (select coalesce(sum(size), 0) from files where app = ${app} and state = 'uploading'))::text as bytes`.execute(
    trx,
  );
  return Number(rows[0]?.bytes);
}

const overQuota = (whose: string): InlayError =>
  new InlayError('limit_reached', `The files of ${whose} would take more than they may; remove some first.`, {
    field: 'size',
  });

/** Holds the person, or the app, so that of two uploads that begin at once the second counts the first. */
async function checkQuota(
  trx: Trx,
  caller: UserCaller,
  { size, limits }: { size: number; limits: FilesLimits },
) {
  const { app, user } = caller;
  if (limits.appQuota > 0) {
    await sql`select from apps where pk = ${app.pk} for no key update`.execute(trx);
    if ((await usageOfApp(trx, app.pk)) + size > limits.appQuota) throw overQuota('this app');
  }
  await sql`select from users where app = ${app.pk} and id = ${user} for no key update`.execute(trx);
  const { bytes, underWay } = await usageOf(trx, caller);
  if (limits.userQuota > 0 && bytes + size > limits.userQuota) throw overQuota('this person');
  if (underWay >= UNDER_WAY) {
    throw new InlayError(
      'limit_reached',
      `At most ${UNDER_WAY} files may be under way; finish or cancel some.`,
    );
  }
}

/** The still of a video is an image of the same person, and stays as long as the video. */
async function checkPoster(trx: Trx, caller: UserCaller, poster: string): Promise<void> {
  const { rows } = await sql`
    select from files where app = ${caller.app.pk} and id = ${poster}::uuid and owner = ${caller.user}
      and state = 'ready' and kind = 'image' for key share`.execute(trx);
  if (rows.length === 0) throw fileNotFound('poster');
}

async function insert(
  trx: Trx,
  caller: UserCaller,
  o: { wanted: Wanted; upload: string | null; at: Date },
): Promise<boolean> {
  const { file: id, kind, name, size, original, width, height, duration, waveform, poster } = o.wanted;
  const measured = kind === 'file' ? {} : { width: width ?? null, height: height ?? null };
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('files')
    .values({
      ...{
        app: caller.app.pk,
        id,
        owner: caller.user,
        kind,
        name: safeName(name),
        size: String(size),
        original,
      },
      ...{ width: null, height: null, ...measured },
      duration: kind === 'voice' || kind === 'video' ? (duration ?? null) : null,
      waveform: kind === 'voice' ? (waveform ?? null) : null,
      poster: kind === 'video' ? (poster ?? null) : null,
      upload: o.upload,
      created_at: o.at,
    })
    .onConflict((oc) => oc.columns(['app', 'id']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Where an upload that was begun goes on. */
async function upload({ blobs }: FilesContext, { id, upload: kept, size }: FileRow): Promise<Upload> {
  if (kept === null || blobs.parts === undefined) return { by: 'tus', url: `/media/uploads/${id}` };
  const { partSize } = blobs.parts;
  const have = (await blobs.parts.list(kept))?.map(({ number }) => number);
  // Joined before: all of it is there.
  const all = Array.from({ length: Math.ceil(Number(size) / partSize) }, (_, i) => i + 1);
  return { by: 'parts', partSize, have: have ?? all };
}

/** What the uploader of a file that was begun before is told. */
async function again(
  context: FilesContext,
  caller: UserCaller,
  o: { row: FileRow; size: number },
): Promise<Output<'files.create'>> {
  const { row, size } = o;
  if (row.owner !== caller.user) {
    throw new InlayError('conflict', 'There is another file with this id; take a new one.', {
      field: 'file',
    });
  }
  if (row.state === 'rejected') throw wasRejected();
  if (row.state === 'ready') return { upload: null, stored: toStoredFile(row) };
  if (Number(row.size) !== size) {
    throw new InlayError(
      'conflict',
      `This file was begun with ${row.size} bytes; take a new id for another.`,
      {
        field: 'size',
      },
    );
  }
  return { upload: await upload(context, row), stored: null };
}

/** Begins an upload: to the store if it takes parts, else, or where `here` says so, to the node. */
async function begin(
  context: FilesContext,
  caller: UserCaller,
  { wanted, here }: { wanted: Wanted; here: boolean },
): Promise<void> {
  const { db, blobs, limits, now } = context;
  const parts = here ? undefined : blobs.parts;
  const begun = parts === undefined ? null : await parts.begin(caller.app.pk, wanted.file);
  let isMine = false;
  try {
    isMine = await db.transaction().execute(async (trx) => {
      await checkQuota(trx, caller, { size: wanted.size, limits });
      if (wanted.kind === 'video' && wanted.poster !== undefined)
        await checkPoster(trx, caller, wanted.poster);
      return await insert(trx, caller, { wanted, upload: begun, at: new Date(now()) });
    });
  } finally {
    // Refused, or begun by another request at the same time.
    if (!isMine && begun !== null) await parts?.drop(begun).catch(() => undefined);
  }
}

/** Writes down that a file comes, unless that was done before. Throws `too_large` and `limit_reached`. */
export async function announce(
  context: FilesContext,
  caller: UserCaller,
  { wanted, here }: { wanted: Wanted; here: boolean },
): Promise<FileRow> {
  const most = Math.min(LIMITS.fileBytes, context.limits.fileBytes);
  if (wanted.size > most) {
    throw new InlayError('too_large', `A file has at most ${most} bytes.`, { field: 'size' });
  }
  const key = { app: caller.app.pk, id: wanted.file };
  const known = await fileOf(context.db, key);
  if (known === undefined) await begin(context, caller, { wanted, here });
  const row = known ?? (await fileOf(context.db, key));
  if (row === undefined) throw fileNotFound();
  return row;
}

export const create =
  (context: FilesContext): Handler<'files.create'> =>
  async (caller, wanted) => {
    const row = await announce(context, caller, { wanted, here: false });
    return await again(context, caller, { row, size: wanted.size });
  };
