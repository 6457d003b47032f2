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
  sentBefore,
} from '../../log/index.ts';
import { ensureDirect } from '../conversations/index.ts';
import { noteUsed } from '../stickers/index.ts';
import { attach, isPlain, plain, type Stored, stick } from './attach.ts';
import { LookUps } from './look-ups.ts';

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

const toAppend = (
  caller: UserCaller,
  key: string,
  { input: m, stored, now }: { input: Send; stored: Stored; now: number },
): Append => ({
  conversation: key,
  id: m.id,
  sender: caller.user,
  ...stored,
  // Of what was sent: what the node knows of a file may be another thing when the send is repeated.
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
      reply.reject(refused(append));
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

/** What a batch refuses was right a moment ago: in words, what may have changed since. */
function refused({ replyTo, files }: Append): InlayError {
  if (replyTo !== null) {
    return new InlayError(
      'not_found',
      'You are not in this conversation, or it has no message with the number to reply to.',
      { field: 'replyTo' },
    );
  }
  if (files === null) return notFound();
  return new InlayError('not_found', 'You are not in this conversation, or a file is no longer there.', {
    field: 'body.items',
  });
}

interface Sending {
  input: Send;
  stored: Stored;
  reply: Sent;
}

function queue(log: Log, caller: UserCaller, facts: ConversationFacts, sending: Sending): void {
  const { reply } = sending;
  const append = toAppend(caller, facts.key, { ...sending, now: log.now() });
  log.queue.push(append, settle(log, { caller, facts, append, reply }), (error) => reply.reject(error));
}

/** What to store; or, where that is no longer to be had, the place of the message if it was sent before. (L2) */
async function resolve(
  log: Log,
  caller: UserCaller,
  { input, key }: { input: Send; key: string | undefined },
): Promise<{ stored: Stored } | { place: Output<'messages.send'> }> {
  const { body } = input;
  if (isPlain(body)) return { stored: plain(body) };
  try {
    if (body.kind === 'media') return { stored: await attach(log, caller, body) };
    const stored = await stick(log, caller, body);
    const { pack, sticker } = body;
    await noteUsed(log, { app: caller.app.pk, user: caller.user }, { pack, sticker });
    return { stored };
  } catch (error) {
    const before = { id: input.id, sender: caller.user, fingerprint: fingerprint(input) };
    // In turn: the first one may be on its way to the database.
    const place =
      key === undefined
        ? undefined
        : await log.inTurn(key, () => sentBefore(log.db, { conversation: key, ...before }));
    if (place === undefined) throw error;
    return { place };
  }
}

/** The way of a send that has to look something up: its conversation, its sender's membership, or its files. */
async function lookUp(
  log: Log,
  caller: UserCaller,
  { input, reply }: { input: Send; reply: Sent },
): Promise<void> {
  try {
    const found = await log.directory.find(caller.app.pk, input.conversation);
    // Before the files, so that an outsider is told the same whether there is such a conversation or not.
    if (found !== null) check(await log.directory.standing(found, caller.user));
    else if (!isDirectId(input.conversation)) throw notFound();
    const resolved = await resolve(log, caller, { input, key: found?.key });
    if ('place' in resolved) return reply.resolve(resolved.place);
    const facts = found ?? (await ensureDirect(log, caller, input.conversation));
    if (facts === null) throw notFound();
    if (found === null) check(await log.directory.standing(facts, caller.user));
    queue(log, caller, facts, { input, reply, ...resolved });
  } catch (error) {
    reply.reject(error);
  }
}

/**
 * Sends a message. Without files, nothing on this path waits for anything but the commit when conversation and
 * membership are known, so messages of one session are queued in the order in which they came.
 */
export const send = (log: Log): Handler<'messages.send'> => {
  const lookUps = new LookUps();
  return (caller, input) => {
    const reply: Sent = new Reply();
    const facts = log.directory.peek(caller.app.pk, input.conversation);
    const role = facts === undefined ? undefined : log.directory.peekRole(facts.key, caller.user);
    const key = `${caller.app.pk} ${caller.user} ${input.conversation}`;
    const { body } = input;
    if (facts === undefined || role == null || !isPlain(body) || lookUps.has(key)) {
      lookUps.add(key, () => lookUp(log, caller, { input, reply }));
      return reply;
    }
    try {
      check({ kind: facts.kind, posting: facts.posting, role });
      queue(log, caller, facts, { input, reply, stored: plain(body) });
    } catch (error) {
      reply.reject(error);
    }
    return reply;
  };
};
