import { InlayError, type Output, type StoredFile } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import { reason } from '../../core/log.ts';
import { toStoredFile } from './attachable.ts';
import { type Brought, broughtOf, type Whole } from './brought.ts';
import type { FilesContext } from './context.ts';
import { type Examined, examine } from './examine.ts';
import { BadImage, measure, normalise, type Picture, STEPS } from './images.ts';
import { hashOf, keep } from './keep.ts';
import { type Decided, decide } from './kinds.ts';
import { renamed } from './names.ts';
import { type FileRow, fileNotFound, fileOf, ownFile, rejected, wasRejected } from './queries.ts';
import { MAKE_STEPS } from './steps.ts';

/** Attempts of a job to make the steps of an image. */
const ATTEMPTS = 5;
const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': '.jpg', 'image/webp': '.webp' };

/** What a file turned out to be, and how its bytes get into the store. */
interface Made {
  decided: Decided;
  hash: string;
  size: number;
  picture: Picture | undefined;
  put(): Promise<void>;
}

/** Writes down what a file is, once its bytes are in the store. The row's lock keeps sweepers away meanwhile. */
async function settle({ db, now, blobs, jobs }: FilesContext, row: FileRow, made: Made): Promise<void> {
  const { decided, hash, size, picture } = made;
  const key = { app: row.app, hash };
  await db.transaction().execute(async (trx) => {
    const held = await trx
      .selectFrom('files')
      .select('state')
      .where('app', '=', row.app)
      .where('id', '=', row.id)
      // Not one that was begun anew meanwhile.
      .where('created_at', '=', row.created_at)
      .forUpdate()
      .executeTakeFirst();
    if (held?.state !== 'uploading') return;
    await keep(trx, { blobs, key, size, at: new Date(now()), put: made.put });
    const own = picture === undefined ? {} : { width: picture.width, height: picture.height };
    const renewed = picture !== undefined && !row.original;
    await trx
      .updateTable('files')
      .set({
        state: 'ready',
        kind: decided.kind,
        type: picture?.type ?? decided.type,
        size: String(size),
        blob: hash,
        upload: null,
        name: renewed ? renamed(row.name, ENDINGS[picture.type] ?? '') : row.name,
        thumbhash: picture?.thumbhash ?? null,
        animated: picture?.animated ?? false,
        ...(decided.kind === row.kind
          ? {}
          : { width: null, height: null, duration: null, waveform: null, poster: null }),
        ...own,
      })
      .where('app', '=', row.app)
      .where('id', '=', row.id)
      .execute();
    if (picture !== undefined && picture.width > STEPS[0]) {
      await jobs.add(trx, MAKE_STEPS, {
        payload: { app: row.app, blob: hash, width: picture.width, animated: picture.animated },
        attempts: ATTEMPTS,
        last: true,
      });
    }
  });
}

/** An image made anew, or measured as it is. */
async function finishImage(
  context: FilesContext,
  o: { row: FileRow; whole: Whole; examined: Examined; decided: Decided },
): Promise<void> {
  const { row, whole, examined, decided } = o;
  await whole.asFile(async (path) => {
    if (row.original) {
      const picture = await measure(path, decided.type);
      const put = () => whole.keep({ app: row.app, hash: examined.hash });
      return await settle(context, row, { decided, ...examined, picture, put });
    }
    await context.uploads.temporary(async (target) => {
      const picture = await normalise(path, decided.type, target);
      const { hash, size } = await hashOf(target);
      const put = () => context.blobs.put({ app: row.app, hash }, target);
      await settle(context, row, { decided, hash, size, picture, put });
    });
  });
}

async function look(context: FilesContext, row: FileRow, whole: Whole): Promise<void> {
  const examined = await examine(context, whole);
  // Parts may grow until they are joined, and a scanner may have enough before the end: neither is what was declared.
  if (examined.size !== Number(row.size)) throw rejected('it has not as many bytes as were declared');
  const decided = decide(row.kind, examined.type);
  if (decided === null) throw rejected('it poses as an image and is none');
  if (decided.kind === 'image') {
    return await context.pictures.run(() => finishImage(context, { row, whole, examined, decided }));
  }
  const put = () => whole.keep({ app: row.app, hash: examined.hash });
  await settle(context, row, { decided, ...examined, picture: undefined, put });
}

/** Marks a file as refused and removes its bytes. */
async function reject(
  { db, logger }: FilesContext,
  row: FileRow,
  o: { brought: Brought; why: string },
): Promise<void> {
  await db
    .updateTable('files')
    .set({ state: 'rejected', upload: null })
    .where('app', '=', row.app)
    .where('id', '=', row.id)
    .where('state', '=', 'uploading')
    .execute();
  await o.brought.drop();
  logger.info('a file was refused', { app: row.app, file: row.id, reason: o.why });
}

/** Looks at bytes that are all there, and makes the file whole or refuses it. */
async function work(context: FilesContext, row: FileRow): Promise<void> {
  const brought = broughtOf(context, row);
  try {
    await brought.whole((whole) => look(context, row, whole));
  } catch (error) {
    const refusal = error instanceof BadImage ? rejected('it is no image that can be shown') : error;
    if (refusal instanceof InlayError && refusal.code === 'rejected') {
      await reject(context, row, { brought, why: reason(error) });
    }
    throw refusal;
  }
  await brought.drop();
}

function answer(row: FileRow | undefined): StoredFile {
  if (row === undefined) throw fileNotFound();
  if (row.state === 'rejected') throw wasRejected();
  if (row.state !== 'ready')
    throw new InlayError('conflict', 'This file is not whole yet.', { field: 'file' });
  return toStoredFile(row);
}

export function finish(context: FilesContext): Handler<'files.finish'> {
  const { db, slots } = context;
  /** Those who ask while a file is looked at wait for the same answer. */
  const running = new Map<string, Promise<Output<'files.finish'>>>();

  async function run(caller: UserCaller, file: string): Promise<Output<'files.finish'>> {
    const row = await ownFile(db, caller, file);
    if (row.state === 'uploading') await slots.run(() => work(context, row));
    return { stored: answer(await fileOf(db, { app: row.app, id: file })) };
  }

  return (caller, { file }) => {
    const key = `${caller.app.pk} ${caller.user} ${file}`;
    const begun = running.get(key);
    if (begun !== undefined) return begun;
    const work = run(caller, file).finally(() => running.delete(key));
    running.set(key, work);
    return work;
  };
}
