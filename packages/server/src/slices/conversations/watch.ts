import { InlayError, LIMITS } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import { conversationTopic, type Log, mayStillRead, notFound, place, readView } from '../../log/index.ts';

/** Members follow their conversations anyway; this is for channels that one only looks at. */
export const watch =
  (log: Log): Handler<'conversations.watch'> =>
  async (caller, input) => {
    const { facts, standing } = await place(log, caller, input.conversation);
    const { session } = caller;
    if (standing.role === null) {
      const { channels } = session.follows;
      if (!channels.has(facts.key) && channels.size >= LIMITS.watchedChannels) {
        throw new InlayError(
          'limit_reached',
          `At most ${LIMITS.watchedChannels} channels are watched; unwatch one first.`,
        );
      }
      channels.add(facts.key);
      session.subscribe(conversationTopic(facts.key));
    }
    const conversation = await readView(log.db, { app: caller.app.pk, user: caller.user }, facts.key);
    if (conversation === null || !mayStillRead(conversation)) throw notFound();
    return { conversation };
  };
