import { z } from 'zod';
import { ConversationId, Emoji, MessageNumber, Revision, UserId } from '../entities/common.ts';
import { Conversation, ConversationInfo, Member, Receipt, Self } from '../entities/conversation.ts';
import { Message, Reaction } from '../entities/message.ts';
import { StickerShelf } from '../entities/sticker.ts';
import { Me, Presence, User } from '../entities/user.ts';

/**
 * - `durable`: never dropped. It carries a `rev`, of its conversation or (`userRev`) of the person; `known + 1` is
 *   applied, anything lower is known already, anything higher means something is missing and is fetched.
 * - `state`: the latest wins, events may be merged; merging by maximum or by replacement gives the same end.
 * - `ephemeral`: may be lost.
 */
export type Delivery = 'durable' | 'state' | 'ephemeral';

function event<D extends z.ZodType>(delivery: Delivery, summary: string, data: D) {
  return { delivery, summary, data };
}

const inConversation = { conversation: ConversationId, rev: Revision };
const mine = { userRev: Revision };

export const EVENTS = {
  'message.new': event('durable', 'A message came.', z.strictObject({ ...inConversation, message: Message })),
  'message.changed': event(
    'durable',
    'A message was edited or recalled.',
    z.strictObject({ ...inConversation, message: Message }),
  ),
  'reaction.changed': event(
    'durable',
    'Someone reacted or took a reaction back.',
    z.strictObject({
      ...inConversation,
      n: MessageNumber,
      user: UserId,
      emoji: Emoji,
      on: z.boolean(),
      reactions: z.array(Reaction),
    }),
  ),
  'conversation.changed': event(
    'durable',
    'Title, picture or a setting changed.',
    z.strictObject({ ...inConversation, info: ConversationInfo }),
  ),
  'member.changed': event(
    'durable',
    'Members came, left or changed. A change of more than 100 has null: fetch the list when it is shown.',
    z.strictObject({ ...inConversation, members: z.array(Member).nullable(), memberCount: z.int() }),
  ),
  'receipt.changed': event(
    'state',
    'Someone received or read; marks merge by maximum.',
    z.strictObject({ conversation: ConversationId, ...Receipt.shape }),
  ),
  'typing.changed': event(
    'ephemeral',
    'Someone types, or stopped. A mark that is not renewed lapses by itself.',
    z.strictObject({ conversation: ConversationId, user: UserId, typing: z.boolean() }),
  ),
  'presence.changed': event('state', 'Someone came, went away or left.', Presence),
  'user.changed': event('state', 'Someone whose presence I follow changed name, picture or data.', User),
  'me.changed': event('durable', 'My own profile or settings changed.', z.strictObject({ ...mine, me: Me })),
  'self.changed': event(
    'durable',
    'My own side of a conversation changed: a mark, mute, pin, draft …',
    z.strictObject({ ...mine, conversation: ConversationId, self: Self }),
  ),
  'conversation.joined': event(
    'durable',
    'I am in this conversation from now on.',
    z.strictObject({ ...mine, conversation: Conversation }),
  ),
  'conversation.left': event(
    'durable',
    'I am no longer in this conversation; forget it.',
    z.strictObject({ ...mine, conversation: ConversationId }),
  ),
  'message.deleted': event(
    'durable',
    'I deleted these messages for myself.',
    z.strictObject({ ...mine, conversation: ConversationId, numbers: z.array(MessageNumber) }),
  ),
  'message.played': event(
    'durable',
    'I played these messages.',
    z.strictObject({ ...mine, conversation: ConversationId, numbers: z.array(MessageNumber) }),
  ),
  'stickers.changed': event(
    'durable',
    'What is mine of stickers changed.',
    z.strictObject({ ...mine, shelf: StickerShelf }),
  ),
  'session.stopping': event(
    'ephemeral',
    'The node stops; connect again after a moment of your own choosing up to `within` milliseconds.',
    z.strictObject({ within: z.int() }),
  ),
} as const;

export type EventName = keyof typeof EVENTS;
export type EventData<E extends EventName> = z.infer<(typeof EVENTS)[E]['data']>;
/** Any event as it stands on the wire. */
export type WireEvent = { [E in EventName]: { event: E; data: EventData<E> } }[EventName];
