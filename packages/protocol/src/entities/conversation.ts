import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { ConversationId, Custom, MessageNumber, PictureUrl, Revision, Time, UserId } from './common.ts';
import { Message } from './message.ts';
import { User } from './user.ts';

export const ConversationKind = z.enum(['direct', 'group', 'channel']);
export type ConversationKind = z.infer<typeof ConversationKind>;
export const Role = z.enum(['owner', 'admin', 'member']);
export type Role = z.infer<typeof Role>;
/** What a new member sees: everything since joining, or everything since the start. */
export const History = z.enum(['joined', 'start']);
export type History = z.infer<typeof History>;
/** Who may post. */
export const Posting = z.enum(['everyone', 'admins']);
export type Posting = z.infer<typeof Posting>;

/** My own side of a conversation, in step on all my devices. */
export const Self = z
  .strictObject({
    role: Role,
    joinedN: MessageNumber,
    readN: MessageNumber,
    deliveredN: MessageNumber,
    clearedN: MessageNumber,
    /** The number of the last message that I sent. */
    ownN: MessageNumber,
    /** Flagged by hand as unread; reading clears it. */
    markedUnread: z.boolean(),
    /** No notification until then; null: not muted. */
    mutedUntil: Time.nullable(),
    pinnedAt: Time.nullable(),
    archived: z.boolean(),
    /** Out of the list until a message with a higher number comes; null: not hidden. */
    hiddenN: MessageNumber.nullable(),
    draft: z.string().nullable(),
    nickname: z.string().nullable(),
    /** My revision at which this last changed. Marks merge by maximum whatever it says. */
    rev: Revision,
  })
  .meta({ id: 'Self' });
export type Self = z.infer<typeof Self>;

/** The highest marks of all members but me: what the ticks of my messages show. */
export const OthersMarks = z.strictObject({ readN: MessageNumber, deliveredN: MessageNumber });

/** What is the same for everyone in it. */
export const ConversationInfo = z
  .strictObject({
    id: ConversationId,
    kind: ConversationKind,
    title: z.string().nullable(),
    avatar: PictureUrl.nullable(),
    custom: Custom.nullable(),
    history: History,
    posting: Posting,
    memberCount: z.int().min(0),
    createdAt: Time,
  })
  .meta({ id: 'ConversationInfo' });
export type ConversationInfo = z.infer<typeof ConversationInfo>;

/** A conversation as I see it. */
export const Conversation = z
  .strictObject({
    ...ConversationInfo.shape,
    rev: Revision,
    lastN: MessageNumber,
    /** When the last message came, or the conversation began. Orders the list. */
    activeAt: Time,
    others: OthersMarks,
    /** The other person of a direct conversation. */
    peer: User.nullable(),
    /** Null in a channel that I read without being a member. */
    self: Self.nullable(),
    /** The last message, if I may see it. */
    preview: Message.nullable(),
    /** Numbers of the messages that mention me and that I have not read, in their order; of more the newest. */
    mentions: z.array(MessageNumber).max(LIMITS.unreadMentions),
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof Conversation>;

export const Member = z
  .strictObject({
    user: UserId,
    role: Role,
    nickname: z.string().nullable(),
    joinedAt: Time,
    /** The conversation's revision at which this last changed. */
    rev: Revision,
    /** Whether they left; such a row is only told as a change. */
    left: z.boolean(),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

/** How far one member has come. Both numbers only grow. */
export const Receipt = z
  .strictObject({ user: UserId, readN: MessageNumber, deliveredN: MessageNumber })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof Receipt>;
