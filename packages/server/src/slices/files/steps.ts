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
type Payload = z.infer<typeof Payload>;

/** Writes a step down, unless its image is gone meanwhile. */
async function store(
  { db, blobs, now }: FilesContext,
  o: Payload & { path: string; step: number },
): Promise<void> {
  const { app, blob, path, step: width } = o;
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

async function makeSteps(context: FilesContext, payload: Payload): Promise<void> {
  const { blobs, uploads, logger } = context;
  const { app, blob, width, animated } = payload;
  try {
    await uploads.temporary(async (source) => {
      await save(await blobs.read({ app, hash: blob }), source);
      for (const step of STEPS.filter((one) => one < width)) {
        await uploads.temporary(async (path) => {
          await context.pictures.run(() => shrink(source, path, { width: step, animated }));
          await store(context, { ...payload, path, step });
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
  (payload) =>
    makeSteps(context, Payload.parse(payload));
