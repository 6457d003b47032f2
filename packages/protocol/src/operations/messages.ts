import { z } from 'zod';
import {
  ConversationId,
  Emoji,
  Limit,
  MessageId,
  MessageNumber,
  PageToken,
  Revision,
  Time,
  UserId,
} from '../entities/common.ts';
import { SharedKind } from '../entities/media.ts';
import { Body, Message, Mine, Priority, Reaction, SendableBody } from '../entities/message.ts';
import { LIMITS } from '../limits.ts';
import { operation } from './operation.ts';

const nothing = z.strictObject({});
const one = { conversation: ConversationId, n: MessageNumber.min(1) };
const read = { scope: 'messages:read', errors: ['not_found'] } as const;
const write = { scope: 'messages:write', errors: ['not_found', 'forbidden'] } as const;
const page = { messages: z.array(Message), mine: z.array(Mine) };

export const messageOperations = {
  'messages.send': operation(
    'Sends a message; the answer means that it is committed. Repeating it with the same `id` gives the first answer, the same `id` with another body is a conflict.',
    {
      input: z.strictObject({
        conversation: ConversationId,
        id: MessageId,
        body: SendableBody,
        replyTo: MessageNumber.min(1).nullable().default(null),
        mentions: z.array(UserId).max(LIMITS.mentions).default([]),
        priority: Priority.default('normal'),
        silent: z.boolean().default(false),
      }),
      output: z.strictObject({ n: MessageNumber, rev: Revision, at: Time }),
    },
    { ...write, errors: ['not_found', 'forbidden', 'conflict', 'busy'] },
  ),
  'messages.edit': operation(
    'Changes the body of a message of mine. The earlier body stays in the edit history.',
    {
      input: z.strictObject({
        ...one,
        body: SendableBody,
        mentions: z.array(UserId).max(LIMITS.mentions).optional(),
      }),
      output: z.strictObject({ message: Message }),
    },
    { ...write, errors: ['not_found', 'forbidden', 'too_late'] },
  ),
  'messages.edits': operation(
    'The earlier bodies of a message, oldest first.',
    {
      input: z.strictObject(one),
      output: z.strictObject({ edits: z.array(z.strictObject({ body: Body, at: Time })) }),
    },
    read,
  ),
  'messages.recall': operation(
    'Takes a message back for everyone: its body, its edit history and its reactions are gone for good.',
    { input: z.strictObject(one), output: z.strictObject({ message: Message }) },
    { ...write, errors: ['not_found', 'forbidden', 'too_late'] },
  ),
  'messages.delete': operation(
    'Deletes messages for me, on all my devices.',
    {
      input: z.strictObject({
        conversation: ConversationId,
        numbers: z.array(MessageNumber.min(1)).min(1).max(LIMITS.idsPerCall),
      }),
      output: nothing,
    },
    write,
  ),
  'messages.played': operation(
    'Says that I played a voice or video message, on all my devices. Repeating it changes nothing.',
    { input: z.strictObject(one), output: nothing },
    { ...write, errors: ['not_found'] },
  ),
  'messages.shared': operation(
    'Messages of a conversation that carry images and video, voice, files or links, in the order of `n`: the newest, or those before a number.',
    {
      input: z.strictObject({
        conversation: ConversationId,
        kind: SharedKind,
        before: MessageNumber.optional(),
        limit: Limit,
      }),
      output: z.strictObject({ ...page, hasBefore: z.boolean() }),
    },
    read,
  ),
  'messages.get': operation(
    'One message by number or by id.',
    {
      input: z
        .strictObject({
          conversation: ConversationId,
          n: MessageNumber.min(1).optional(),
          id: MessageId.optional(),
        })
        .refine((q) => (q.n === undefined) !== (q.id === undefined), {
          error: 'expected either `n` or `id`',
        }),
      output: z.strictObject({ message: Message, mine: Mine }),
    },
    read,
  ),
  'messages.list': operation(
    'A page of history in the order of `n`: the newest, those before or after a number (without it), or around it (with it). What I deleted for myself is left out.',
    {
      input: z
        .strictObject({
          conversation: ConversationId,
          before: MessageNumber.optional(),
          after: MessageNumber.optional(),
          around: MessageNumber.optional(),
          limit: Limit,
        })
        .refine((q) => [q.before, q.after, q.around].filter((x) => x !== undefined).length <= 1, {
          error: 'expected at most one of `before`, `after` and `around`',
        }),
      output: z.strictObject({
        ...page,
        /** Whether messages that I may see lie before and after this page. */
        hasBefore: z.boolean(),
        hasAfter: z.boolean(),
        /** The conversation's revision when the page was read. */
        rev: Revision,
        lastN: MessageNumber,
      }),
    },
    read,
  ),
  'reactions.add': operation(
    'Reacts with an emoji; repeating it changes nothing.',
    {
      input: z.strictObject({ ...one, emoji: Emoji }),
      output: z.strictObject({ reactions: z.array(Reaction) }),
    },
    { ...write, errors: ['not_found', 'forbidden', 'limit_reached'] },
  ),
  'reactions.remove': operation(
    'Takes a reaction of mine back; repeating it changes nothing.',
    {
      input: z.strictObject({ ...one, emoji: Emoji }),
      output: z.strictObject({ reactions: z.array(Reaction) }),
    },
    write,
  ),
  'reactions.list': operation(
    'Who reacted, in the order in which they did.',
    {
      input: z.strictObject({ ...one, emoji: Emoji.optional(), limit: Limit, next: PageToken.optional() }),
      output: z.strictObject({
        reactions: z.array(z.strictObject({ user: UserId, emoji: Emoji, at: Time })),
        next: PageToken.nullable(),
      }),
    },
    read,
  ),
};
