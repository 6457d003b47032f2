import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { react } from './react.ts';

export const remove =
  (log: Log): Handler<'reactions.remove'> =>
  async (caller, input) => ({
    reactions: await react(log, caller, { ...input, on: false }),
  });
