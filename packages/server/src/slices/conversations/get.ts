import type { Handler } from '../../core/handler.ts';
import { type Log, mayStillRead, notFound, place, readView } from '../../log/index.ts';

export const get =
  (log: Log): Handler<'conversations.get'> =>
  async (caller, input) => {
    const { facts } = await place(log, caller, input.conversation);
    const conversation = await readView(log.db, { app: caller.app.pk, user: caller.user }, facts.key);
    if (conversation === null || !mayStillRead(conversation)) throw notFound();
    return { conversation };
  };
