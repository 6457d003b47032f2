import { z } from 'zod';
import { ConversationId, MessageNumber, PageToken, Revision } from '../entities/common.ts';
import { Conversation } from '../entities/conversation.ts';
import { Me } from '../entities/user.ts';
import { LIMITS } from '../limits.ts';
import { operation } from './operation.ts';

/** Where a device stands: opaque, safe against changes that commit out of order, void in another epoch. */
export const Cursor = z.string().min(1).max(200).meta({ id: 'Cursor' });

/**
 * One page of what changed. Conversations come newest first. `next` is there while more pages follow; the `cursor`
 * of the *first* page is kept once the last page was taken in.
 */
export const SyncPage = z
  .strictObject({
    cursor: Cursor,
    next: PageToken.nullable(),
    conversations: z.array(Conversation),
    /** Conversations that I am no longer in. */
    left: z.array(ConversationId),
    /** What I deleted for myself. */
    deleted: z.array(z.strictObject({ conversation: ConversationId, numbers: z.array(MessageNumber) })),
    /** What I played. */
    played: z.array(z.strictObject({ conversation: ConversationId, numbers: z.array(MessageNumber) })),
  })
  .meta({ id: 'SyncPage' });
export type SyncPage = z.infer<typeof SyncPage>;

const noInput = z.strictObject({});
const nothing = z.strictObject({});

export const sessionOperations = {
  'session.open': operation(
    'Signs the socket in; it must be the first frame. Subscribes to all my conversations and gives the first page of what changed since the cursor.',
    {
      input: z.strictObject({
        token: z.string().min(1).max(4096),
        version: z.int(),
        /** Of the last complete sync; absent: from the start. */
        cursor: Cursor.optional(),
        limit: z.int().min(1).max(LIMITS.page).default(LIMITS.pageDefault),
        active: z.boolean().default(true),
      }),
      output: z.strictObject({
        me: Me,
        device: z.uuid(),
        /** When the access token ends; the session stays signed in only if `session.refresh` comes before. */
        expiresAt: z.int(),
        serverTime: z.int(),
        epoch: z.string(),
        sync: SyncPage,
      }),
    },
    {
      access: 'public',
      over: 'socket',
      errors: ['unauthenticated', 'token_expired', 'signed_out', 'unsupported_version', 'resync'],
    },
  ),
  'session.refresh': operation(
    'Gives the open session a fresh access token of the same device.',
    {
      input: z.strictObject({ token: z.string().min(1).max(4096) }),
      output: z.strictObject({ expiresAt: z.int() }),
    },
    { over: 'socket', errors: ['token_expired', 'wrong_credentials'] },
  ),
  'session.ping': operation(
    'Answers, to show that the node is alive.',
    { input: noInput, output: z.strictObject({ serverTime: z.int() }) },
    { over: 'socket' },
  ),
  'session.activity': operation(
    'Says whether the person is looking at this device; drives online and away.',
    { input: z.strictObject({ active: z.boolean() }), output: nothing },
    { over: 'socket' },
  ),
  'sync.page': operation(
    'A page of what changed since a cursor, or a further page.',
    {
      input: z.strictObject({
        cursor: Cursor.optional(),
        next: PageToken.optional(),
        limit: z.int().min(1).max(LIMITS.page).default(LIMITS.pageDefault),
      }),
      output: z.strictObject({ epoch: z.string(), userRev: Revision, me: Me, sync: SyncPage }),
    },
    { scope: 'conversations:read', errors: ['resync'] },
  ),
};
