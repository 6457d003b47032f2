import {
  InlayError,
  type Input,
  isDirectId,
  type Message,
  mayPost,
  type Output,
  type Standing,
} from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import { Reply } from '../../core/reply.ts';
import {
  type Append,
  type AppendResult,
  type ConversationFacts,
  conversationTopic,
  type Log,
  notFound,
} from '../../log/index.ts';
import { ensureDirect } from '../conversations/index.ts';

type Send = Input<'messages.send'>;
type Sent = Reply<Output<'messages.send'>>;

/** Of everything that makes it this message and no other: 64 bits are enough, as only the same id is compared. */
function fingerprint(m: Send): string {
  const bits = Bun.hash.xxHash64(JSON.stringify([m.body, m.replyTo, m.mentions, m.priority, m.silent]));
  return BigInt.asIntN(64, bits).toString();
}

function check(standing: Standing): void {
  if (standing.role === null && standing.kind !== 'channel') throw notFound();
  if (!mayPost(standing)) {
    throw new InlayError(
      'forbidden',
      'You may not post here; only admins and the owner may, or members who joined.',
      {
        field: 'conversation',
      },
    );
  }
}

const toAppend = (caller: UserCaller, key: string, m: Send, now: number): Append => ({
  conversation: key,
  id: m.id,
  sender: caller.user,
  body: m.body,
  fingerprint: fingerprint(m),
  replyTo: m.replyTo,
  mentions: m.mentions.length === 0 ? null : m.mentions,
  priority: m.priority,
  silent: m.silent,
  at: now,
});

function toMessage(
  facts: ConversationFacts,
  a: Append,
  place: { n: number; rev: number; at: number },
): Message {
  return {
    conversation: facts.id,
    n: place.n,
    id: a.id,
    rev: place.rev,
    sender: a.sender,
    at: place.at,
    body: a.body,
    replyTo: a.replyTo,
    mentions: a.mentions ?? [],
    priority: a.priority,
    silent: a.silent,
    editedAt: null,
    recalledAt: null,
    recalledBy: null,
    reactions: [],
  };
}

/** Tells the others, then the sender: in this order, and both before the next message of the batch. */
function settle(
  log: Log,
  sending: { caller: UserCaller; facts: ConversationFacts; append: Append; reply: Sent },
) {
  const { caller, facts, append, reply } = sending;
  return (result: AppendResult): void => {
    if (result.status === 'conflict') {
      reply.reject(
        new InlayError('conflict', 'Another message has this id; make a new id for every message.', {
          field: 'id',
        }),
      );
    } else if (result.status === 'refused') {
      log.directory.forget(facts.key, caller.user);
      reply.reject(append.replyTo === null ? notFound() : noSuchReply());
    } else {
      const { n, rev, at } = result;
      if (result.first) {
        const topic = conversationTopic(facts.key);
        const data = { conversation: facts.id, rev, message: toMessage(facts, append, result) };
        if (caller.session === null) log.fanout.publish(topic, 'message.new', data);
        else log.fanout.publishExcept(caller.session, topic, 'message.new', data);
      }
      reply.resolve({ n, rev, at });
    }
  };
}

const noSuchReply = (): InlayError =>
  new InlayError(
    'not_found',
    'You are not in this conversation, or it has no message with the number to reply to.',
    {
      field: 'replyTo',
    },
  );

function queue(
  log: Log,
  caller: UserCaller,
  facts: ConversationFacts,
  sending: { input: Send; reply: Sent },
): void {
  const { input, reply } = sending;
  const append = toAppend(caller, facts.key, input, log.now());
  log.queue.push(append, settle(log, { caller, facts, append, reply }), (error) => reply.reject(error));
}

/** The way of a send whose conversation or membership is not in memory yet. */
async function lookUp(
  log: Log,
  caller: UserCaller,
  { input, reply }: { input: Send; reply: Sent },
): Promise<void> {
  try {
    let facts = await log.directory.find(caller.app.pk, input.conversation);
    if (facts === null && isDirectId(input.conversation))
      facts = await ensureDirect(log, caller, input.conversation);
    if (facts === null) throw notFound();
    check(await log.directory.standing(facts, caller.user));
    queue(log, caller, facts, { input, reply });
  } catch (error) {
    reply.reject(error);
  }
}

/** Look-ups that follow one another for each person and conversation, so that none overtakes an earlier one. */
class LookUps {
  readonly #last = new Map<string, Promise<void>>();

  has(key: string): boolean {
    return this.#last.has(key);
  }

  add(key: string, task: () => Promise<void>): void {
    const before = this.#last.get(key);
    const mine = (before === undefined ? task() : before.then(task)).then(() => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    });
    this.#last.set(key, mine);
  }
}

/**
 * Sends a message. Nothing on this path waits for anything but the commit when conversation and membership are known,
 * so messages of one session are queued in the order in which they came.
 */
export const send = (log: Log): Handler<'messages.send'> => {
  const lookUps = new LookUps();
  return (caller, input) => {
    const reply: Sent = new Reply();
    const facts = log.directory.peek(caller.app.pk, input.conversation);
    const role = facts === undefined ? undefined : log.directory.peekRole(facts.key, caller.user);
    const key = `${caller.app.pk} ${caller.user} ${input.conversation}`;
    if (facts === undefined || role == null || lookUps.has(key)) {
      lookUps.add(key, () => lookUp(log, caller, { input, reply }));
      return reply;
    }
    try {
      check({ kind: facts.kind, posting: facts.posting, role });
      queue(log, caller, facts, { input, reply });
    } catch (error) {
      reply.reject(error);
    }
    return reply;
  };
};
