import type { Handler } from '../../core/handler.ts';
import { conversationTopic, type Log, place } from '../../log/index.ts';

export const unwatch =
  (log: Log): Handler<'conversations.unwatch'> =>
  async (caller, input) => {
    const { facts } = await place(log, caller, input.conversation);
    if (caller.session.follows.channels.delete(facts.key)) {
      // Someone who joined meanwhile goes on following.
      const role = await log.directory.role(facts.key, caller.user);
      if (role === null) caller.session.unsubscribe(conversationTopic(facts.key));
    }
    return {};
  };
