import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { AVATAR_PATH } from '../rules/avatars.ts';
import { isConversationId, isUserId } from '../rules/ids.ts';

const IDS = 'letters, digits and . _ : @ | + = ~ -';

/** The host app's own string for a person. */
export const UserId = z
  .string()
  .min(1)
  .max(LIMITS.userId)
  .refine(isUserId, { error: `expected 1 to ${LIMITS.userId} of ${IDS}` })
  .meta({ id: 'UserId' });

export const ConversationId = z
  .string()
  .min(1)
  .max(LIMITS.conversationId)
  .refine(isConversationId, { error: `expected 1 to ${LIMITS.conversationId} of ${IDS} and the comma` })
  .meta({ id: 'ConversationId' });

/**
 * A message's identity, made by the sender before sending: UUIDv7, RFC 9562 section 5.7. Capitals are taken, and
 * written small (section 4).
 */
export const MessageId = z.uuidv7().toLowerCase().meta({ id: 'MessageId' });

/** An uploaded file's identity, made by the uploader before uploading: UUIDv7, RFC 9562 section 5.7. */
export const FileId = z.uuidv7().toLowerCase().meta({ id: 'FileId' });

/** The largest counter that a node stores: 32 bits with a sign. */
const COUNTER_MAX = 2 ** 31 - 1;
/** 9999-12-31: the last day whose ISO 8601 form has four digits for the year. */
const TIME_MAX = 253_402_300_799_999;

/** A place in a conversation: dense from 1. 0 stands for before the first message. */
export const MessageNumber = z.int().min(0).max(COUNTER_MAX).meta({ id: 'MessageNumber' });

/** Counts the durable changes of a conversation or of a person's own state. */
export const Revision = z.int().min(0).max(COUNTER_MAX).meta({ id: 'Revision' });

/** Milliseconds since 1970-01-01T00:00Z by the server's clock. Never used for order. */
export const Time = z.int().min(0).max(TIME_MAX).meta({ id: 'Time' });

export const Name = z.string().trim().min(1).max(LIMITS.name);
export const Title = z.string().trim().min(1).max(LIMITS.title);

/** Where a picture is that is elsewhere. */
export const PictureAddress = z.url({ protocol: /^https?$/ }).max(LIMITS.url);

/**
 * Where a picture is: an http(s) address, or `/avatars/<file>`, the path at the node of an image that was uploaded.
 * Anyone may get it there for as long as it is the picture of someone or something, in squares of `AVATAR_SIZES` too:
 * `/avatars/<file>/<size>`.
 */
export const PictureUrl = z.union([PictureAddress, z.string().regex(AVATAR_PATH)], {
  error: 'expected an http(s) address, or "/avatars/" and the id of an image that you uploaded',
});

const bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** The host app's own JSON object of at most `max` bytes as UTF-8. */
export const customJson = (max: number) =>
  z
    .record(z.string().max(100), z.json())
    .refine((value) => bytes(value) <= max, { error: `expected at most ${max} bytes of JSON` });

export const Custom = customJson(LIMITS.entityCustomBytes).meta({ id: 'Custom' });

/** One emoji as Unicode's RGI set has it, or a custom one as `:name:`. */
export const Emoji = z
  .string()
  .max(64)
  .refine((s) => /^(?:\p{RGI_Emoji}|:[a-z0-9_+\-]{1,32}:)$/v.test(s), { error: 'expected one emoji' })
  .meta({ id: 'Emoji' });

export const Limit = z.int().min(1).max(LIMITS.page).default(LIMITS.pageDefault);

/** Where a further page continues; opaque, and only for the operation that gave it. */
export const PageToken = z.string().min(1).max(500);
