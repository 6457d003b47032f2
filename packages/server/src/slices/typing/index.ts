import { mayPost } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import { conversationTopic, forbidden, type Log, memberPlace } from '../../log/index.ts';

/** Nothing is stored: a mark that is not renewed lapses where it is shown. */
const set =
  (log: Log): Handler<'typing.set'> =>
  async (caller, input) => {
    const { facts, standing } = await memberPlace(log, caller, input.conversation);
    if (!mayPost(standing)) throw forbidden('those who may post');
    const data = { conversation: facts.id, user: caller.user, typing: input.typing };
    const topic = conversationTopic(facts.key);
    if (caller.session === null) log.fanout.publish(topic, 'typing.changed', data);
    else log.fanout.publishExcept(caller.session, topic, 'typing.changed', data);
    return {};
  };

/** Typing: told to who is there now. */
export const typingHandlers = (log: Log) => ({ 'typing.set': set(log) });
