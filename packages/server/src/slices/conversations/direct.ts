import { directId } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import { type Log, mayStillRead, notFound, readView } from '../../log/index.ts';
import { ensureDirect } from './ensure-direct.ts';

export const direct =
  (log: Log): Handler<'conversations.direct'> =>
  async (caller, input) => {
    const facts = await ensureDirect(log, caller, directId(caller.user, input.user));
    const conversation = await readView(log.db, { app: caller.app.pk, user: caller.user }, facts.key);
    if (conversation === null || !mayStillRead(conversation)) throw notFound();
    return { conversation };
  };
