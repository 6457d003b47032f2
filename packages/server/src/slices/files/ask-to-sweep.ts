import type { Jobs } from '../../core/jobs.ts';
import type { Trx } from '../../db/database.ts';

/** The job that removes those of the files it is given that nothing refers to any more. */
export const SWEEP = 'files.sweep';
/** Over half a day, with growing pauses; what is left then goes with what was never sent. */
const ATTEMPTS = 12;

/** Has files looked at once the transaction that took a reference to them is committed. */
export const askToSweep = (jobs: Jobs, trx: Trx, payload: { app: number; files: string[] }): Promise<void> =>
  jobs.add(trx, SWEEP, { payload, attempts: ATTEMPTS });
