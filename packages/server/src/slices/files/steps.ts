import { sql } from 'kysely';
import { z } from 'zod';
import type { Task } from '../../core/jobs.ts';
import { reason } from '../../core/log.ts';
import { BlobMissing } from '../../ports/blobs.ts';
import { save } from './brought.ts';
import type { FilesContext } from './context.ts';
import { BadImage, STEPS, shrink } from './images.ts';
import { hashOf, keep } from './keep.ts';

export const MAKE_STEPS = 'files.steps';

const Payload = z.object({ app: z.int(), blob: z.string(), width: z.int(), animated: z.boolean() });

interface Source {
  app: number;
  /** Of the image. */
  blob: string;
}

/** Writes a step down, unless its image is gone meanwhile. */
async function store(
  { db, blobs, now }: FilesContext,
  { app, blob }: Source,
  { path, width }: { path: string; width: number },
): Promise<void> {
  const { hash, size } = await hashOf(path);
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql`select from blobs where app = ${app} and hash = ${blob} for key share`.execute(
      trx,
    );
    if (rows.length === 0) return;
    const key = { app, hash };
    await keep(trx, { blobs, key, size, at: new Date(now()), put: () => blobs.put(key, path) });
    await trx
      .insertInto('file_steps')
      .values({ app, blob, width, hash })
      .onConflict((oc) => oc.doNothing())
      .execute();
  });
}

interface Making {
  widths: readonly number[];
  /** Makes one of them of the file at `path`, at `target`. */
  make(path: string, target: string, width: number): Promise<void>;
}

/** Makes smaller images of one, and writes them down. */
export async function makeEach(
  context: FilesContext,
  source: Source,
  { widths, make }: Making,
): Promise<void> {
  const { blobs, uploads, logger } = context;
  const { app, blob } = source;
  try {
    await uploads.temporary(async (whole) => {
      await save(await blobs.read({ app, hash: blob }), whole);
      for (const width of widths) {
        await uploads.temporary(async (path) => {
          await context.pictures.run(() => make(whole, path, width));
          await store(context, source, { path, width });
        });
      }
    });
  } catch (error) {
    // Gone since; or decoded as it came and not now: then the whole stands for its steps.
    if (!(error instanceof BlobMissing) && !(error instanceof BadImage)) throw error;
    logger.info('an image has no steps', { app, reason: reason(error) });
  }
}

/** The job that makes the smaller steps of an image. */
export const makeStepsTask =
  (context: FilesContext): Task =>
  async (payload) => {
    const { app, blob, width: whole, animated } = Payload.parse(payload);
    await makeEach(
      context,
      { app, blob },
      {
        widths: STEPS.filter((one) => one < whole),
        make: (path, target, width) => shrink(path, target, { width, animated }),
      },
    );
  };
