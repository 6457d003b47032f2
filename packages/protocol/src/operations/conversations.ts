import { z } from 'zod';
import {
  ConversationId,
  Custom,
  Limit,
  MessageNumber,
  PageToken,
  PictureUrl,
  Revision,
  Time,
  Title,
  UserId,
} from '../entities/common.ts';
import {
  Conversation,
  ConversationKind,
  History,
  Member,
  Posting,
  Receipt,
  Role,
  Self,
} from '../entities/conversation.ts';
import { Message, Mine } from '../entities/message.ts';
import { LIMITS } from '../limits.ts';
import { isDirectId } from '../rules/ids.ts';
import { operation } from './operation.ts';

const nothing = z.strictObject({});
const one = { conversation: ConversationId };
const read = { scope: 'conversations:read', errors: ['not_found'] } as const;
const write = { scope: 'conversations:write', errors: ['not_found', 'forbidden'] } as const;
const settings = {
  title: Title.nullable().optional(),
  avatar: PictureUrl.nullable().optional(),
  custom: Custom.nullable().optional(),
  history: History.optional(),
  posting: Posting.optional(),
};
const People = z.array(UserId).max(LIMITS.membersPerCall);

export const conversationOperations = {
  'conversations.direct': operation(
    'The one direct conversation of me and someone; made on first use. Its id is `direct:<a>,<b>` with the lower id first.',
    { input: z.strictObject({ user: UserId }), output: z.strictObject({ conversation: Conversation }) },
    { scope: 'conversations:write', errors: ['not_found'] },
  ),
  'conversations.create': operation(
    'Makes a group or a channel that I own. With an id of the host app the call may be repeated: it gives what is there.',
    {
      input: z.strictObject({
        id: ConversationId.refine((id) => !isDirectId(id), {
          error: 'expected an id that does not begin with "direct:"',
        }).optional(),
        kind: z.enum(['group', 'channel']),
        members: People.default([]),
        ...settings,
      }),
      output: z.strictObject({ conversation: Conversation, created: z.boolean() }),
    },
    { scope: 'conversations:write', errors: ['conflict', 'not_found', 'limit_reached'] },
  ),
  'conversations.get': operation(
    'One conversation as I see it.',
    { input: z.strictObject(one), output: z.strictObject({ conversation: Conversation }) },
    read,
  ),
  'conversations.list': operation(
    'My conversations: pinned ones first (latest pin first), then by last activity, newest first. Archived and hidden ones only if asked for.',
    {
      input: z.strictObject({
        limit: Limit,
        next: PageToken.optional(),
        filter: z
          .strictObject({
            unread: z.boolean().optional(),
            pinned: z.boolean().optional(),
            archived: z.boolean().default(false),
            hidden: z.boolean().default(false),
            kind: ConversationKind.optional(),
          })
          .prefault({}),
      }),
      output: z.strictObject({ conversations: z.array(Conversation), next: PageToken.nullable() }),
    },
    read,
  ),
  'conversations.unread': operation(
    'How many messages and conversations I have not read; muted and archived ones apart.',
    {
      input: nothing,
      output: z.strictObject({ messages: z.int(), conversations: z.int(), mutedMessages: z.int() }),
    },
    read,
  ),
  'conversations.changes': operation(
    'What changed in a conversation since revision `rev`, at which its last message was `n`. Call again with `next` until it is null.',
    {
      input: z.strictObject({ ...one, rev: Revision, n: MessageNumber, limit: Limit }),
      output: z.strictObject({
        conversation: Conversation,
        messages: z.array(Message),
        mine: z.array(Mine),
        /** Null: too many changed; fetch the list when it is shown. */
        members: z.array(Member).nullable(),
        next: z.strictObject({ rev: Revision, n: MessageNumber }).nullable(),
      }),
    },
    read,
  ),
  'conversations.update': operation(
    'Changes title, picture, data or settings; what is absent stays, null clears. For admins and the owner.',
    {
      input: z.strictObject({ ...one, ...settings }),
      output: z.strictObject({ conversation: Conversation }),
    },
    write,
  ),
  'conversations.clear': operation(
    'Clears the history for me, up to and with `upTo` (absent: all).',
    {
      input: z.strictObject({ ...one, upTo: MessageNumber.optional() }),
      output: z.strictObject({ self: Self }),
    },
    write,
  ),
  'conversations.watch': operation(
    'Follows a channel that I am no member of, on this session.',
    { input: z.strictObject(one), output: z.strictObject({ conversation: Conversation }) },
    { over: 'socket', errors: ['not_found', 'limit_reached'] },
  ),
  'conversations.unwatch': operation(
    'Stops following.',
    { input: z.strictObject(one), output: nothing },
    { over: 'socket' },
  ),
  'members.list': operation(
    'Members in the order in which they joined.',
    {
      input: z.strictObject({
        ...one,
        limit: Limit,
        next: PageToken.optional(),
        roles: z.array(Role).min(1).optional(),
      }),
      output: z.strictObject({ members: z.array(Member), next: PageToken.nullable() }),
    },
    read,
  ),
  'members.add': operation(
    'Adds people; those who are in already stay as they are. For admins and the owner.',
    {
      input: z.strictObject({ ...one, users: People.min(1) }),
      output: z.strictObject({ added: z.array(UserId), conversation: Conversation }),
    },
    { ...write, errors: ['not_found', 'forbidden', 'limit_reached'] },
  ),
  'members.remove': operation(
    'Removes people who stand below me. Those who are not in count as removed.',
    {
      input: z.strictObject({ ...one, users: People.min(1) }),
      output: z.strictObject({ removed: z.array(UserId) }),
    },
    write,
  ),
  'members.join': operation(
    'Joins a channel.',
    { input: z.strictObject(one), output: z.strictObject({ conversation: Conversation }) },
    write,
  ),
  'members.leave': operation(
    'Leaves a group or channel. When the owner leaves, the longest-standing admin, else member, becomes the owner.',
    { input: z.strictObject(one), output: nothing },
    write,
  ),
  'members.setRole': operation(
    'Makes a member an admin or an admin a member. For the owner.',
    {
      input: z.strictObject({ ...one, user: UserId, role: z.enum(['admin', 'member']) }),
      output: z.strictObject({ member: Member }),
    },
    write,
  ),
  'members.transferOwnership': operation(
    'Hands the conversation over; I become an admin. For the owner.',
    { input: z.strictObject({ ...one, user: UserId }), output: nothing },
    write,
  ),
  'members.updateSelf': operation(
    'Changes my own side of a conversation on all my devices; what is absent stays, null clears.',
    {
      input: z.strictObject({
        ...one,
        mutedUntil: Time.nullable().optional(),
        pinned: z.boolean().optional(),
        archived: z.boolean().optional(),
        hidden: z.boolean().optional(),
        markedUnread: z.boolean().optional(),
        draft: z.string().max(LIMITS.draft).nullable().optional(),
        nickname: z.string().trim().min(1).max(LIMITS.nickname).nullable().optional(),
      }),
      output: z.strictObject({ self: Self }),
    },
    { ...write, errors: ['not_found', 'limit_reached'] },
  ),
  'receipts.mark': operation(
    'Says how far I have received and read. Marks only grow; a lower one changes nothing. Reading is receiving, and clears the unread flag.',
    {
      input: z.strictObject({
        ...one,
        readN: MessageNumber.optional(),
        deliveredN: MessageNumber.optional(),
      }),
      output: z.strictObject({ self: Self }),
    },
    { ...write, scope: 'conversations:write', errors: ['not_found'] },
  ),
  'receipts.list': operation(
    'The marks of the other members; with `readN` or `deliveredN` only of those who came at least that far.',
    {
      input: z.strictObject({
        ...one,
        readN: MessageNumber.optional(),
        deliveredN: MessageNumber.optional(),
        limit: Limit,
        next: PageToken.optional(),
      }),
      output: z.strictObject({ receipts: z.array(Receipt), next: PageToken.nullable() }),
    },
    read,
  ),
  'typing.set': operation(
    'Says that I type, or stopped. To be renewed while typing goes on.',
    { input: z.strictObject({ ...one, typing: z.boolean() }), output: nothing },
    { errors: ['not_found', 'forbidden'] },
  ),
};
