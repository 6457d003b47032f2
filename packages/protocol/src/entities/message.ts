import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import {
  ConversationId,
  customJson,
  Emoji,
  MessageId,
  MessageNumber,
  Revision,
  Time,
  UserId,
} from './common.ts';
import { MediaBody, SendableMediaBody } from './media.ts';
import { SendableStickerBody, StickerBody } from './sticker.ts';

export const TextBody = z.strictObject({
  kind: z.literal('text'),
  text: z
    .string()
    .min(1)
    .max(LIMITS.text)
    .refine((s) => s.trim() !== '', { error: 'expected more than white space' }),
});

export const CustomBody = z.strictObject({
  kind: z.literal('custom'),
  /** The host app's own name for what `data` is. */
  type: z.string().regex(/^[\w.-]{1,64}$/),
  data: customJson(LIMITS.customBytes),
  /** Shown where `type` is not understood, in previews and notifications. */
  fallback: z.string().min(1).max(LIMITS.fallback),
});

/** What a client may send. */
export const SendableBody = z
  .discriminatedUnion('kind', [TextBody, CustomBody, SendableMediaBody, SendableStickerBody])
  .meta({ id: 'SendableBody' });
export type SendableBody = z.infer<typeof SendableBody>;

/** What the server says in a conversation: who did what to whom. */
export const SystemBody = z.strictObject({
  kind: z.literal('system'),
  event: z.enum([
    'created',
    'membersAdded',
    'memberRemoved',
    'memberLeft',
    'memberJoined',
    'roleChanged',
    'ownerChanged',
    'titleChanged',
    'avatarChanged',
    'settingsChanged',
  ]),
  actor: UserId.nullable(),
  /** At most ten of the people it happened to; `count` says how many there were. */
  users: z.array(UserId),
  count: z.int(),
  title: z.string().nullable(),
  role: z.enum(['owner', 'admin', 'member']).nullable(),
});
export type SystemBody = z.infer<typeof SystemBody>;

export const Body = z
  .discriminatedUnion('kind', [TextBody, CustomBody, MediaBody, StickerBody, SystemBody])
  .meta({ id: 'Body' });
export type Body = z.infer<typeof Body>;

/** High may break through a silent device, low never notifies. */
export const Priority = z.enum(['high', 'normal', 'low']);
export type Priority = z.infer<typeof Priority>;

/** How many people reacted with one emoji, in the order in which the emojis first came. */
export const Reaction = z.strictObject({ emoji: Emoji, count: z.int().min(1) }).meta({ id: 'Reaction' });
export type Reaction = z.infer<typeof Reaction>;

/**
 * One message. It looks the same to everyone: what is mine alone (my reactions, what I deleted for me) stands beside
 * it in the page that carried it.
 */
export const Message = z
  .strictObject({
    conversation: ConversationId,
    n: MessageNumber,
    id: MessageId,
    /** The conversation's revision at which this message last changed. */
    rev: Revision,
    sender: UserId.nullable(),
    at: Time,
    /** Null once it was recalled. */
    body: Body.nullable(),
    replyTo: MessageNumber.nullable(),
    mentions: z.array(UserId),
    priority: Priority,
    silent: z.boolean(),
    editedAt: Time.nullable(),
    recalledAt: Time.nullable(),
    recalledBy: UserId.nullable(),
    reactions: z.array(Reaction),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

/** What is mine alone about one message: my reactions, and whether I played its voice or video. */
export const Mine = z
  .strictObject({ n: MessageNumber, emojis: z.array(Emoji), played: z.boolean() })
  .meta({ id: 'Mine' });
export type Mine = z.infer<typeof Mine>;
