import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { memberPlace } from '../../log/index.ts';
import type { MarkQueue } from './mark-queue.ts';

export const mark =
  (log: Log, queue: MarkQueue): Handler<'receipts.mark'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    const { readN = 0, deliveredN = 0 } = input;
    return { self: await queue.mark({ conversation: facts.key, user: caller.user, readN, deliveredN }) };
  };
