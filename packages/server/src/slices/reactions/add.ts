import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { react } from './react.ts';

export const add =
  (log: Log): Handler<'reactions.add'> =>
  async (caller, input) => ({
    reactions: await react(log, caller, { ...input, on: true }),
  });
