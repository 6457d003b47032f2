import { AVATAR_SIZES } from '@inlay-im/protocol';
import { z } from 'zod';
import type { Task } from '../../core/jobs.ts';
import type { FilesContext } from './context.ts';
import { square } from './images.ts';
import { makeEach } from './steps.ts';

export const MAKE_SQUARES = 'files.squares';

const Payload = z.object({ app: z.int(), blob: z.string() });

/** The job that makes the squares of an image that became someone's picture. They are kept as its steps are. */
export const makeSquaresTask =
  (context: FilesContext): Task =>
  async (payload) => {
    const { app, blob } = Payload.parse(payload);
    const made = await context.db
      .selectFrom('file_steps')
      .select('width')
      .where('app', '=', app)
      .where('blob', '=', blob)
      .execute();
    const missing = AVATAR_SIZES.filter((size) => !made.some(({ width }) => width === size));
    if (missing.length > 0) await makeEach(context, { app, blob }, { widths: missing, make: square });
  };
