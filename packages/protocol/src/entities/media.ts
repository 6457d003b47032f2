import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { FileId } from './common.ts';

/** `voice`: recorded to be listened to in place. What is none of the others is a `file`. */
export const FileKind = z.enum(['image', 'video', 'voice', 'file']);
export type FileKind = z.infer<typeof FileKind>;

/** Milliseconds of video or voice: at most a day. */
export const Duration = z
  .int()
  .min(0)
  .max(24 * 3600_000);
/** Pixels of one side, as seen: after orientation. */
export const Pixels = z.int().min(1).max(LIMITS.imageSide);
/** Base64 of a thumbhash: https://evanw.github.io/thumbhash/. */
export const Thumbhash = z.string().max(64);
/** Base64 of one byte for each bar, from 0 to 255. */
export const Waveform = z.base64().max(Math.ceil(LIMITS.waveform / 3) * 4);
export const FileName = z.string().trim().min(1).max(LIMITS.fileName);

/** An uploaded file that is whole. The node decides type and kind by the bytes, never by the name. */
export const StoredFile = z
  .strictObject({
    file: FileId,
    kind: FileKind,
    /** Without path, control and direction characters. */
    name: FileName,
    /** The media type of the bytes, `application/octet-stream` where they are of no known one. */
    type: z.string().max(100),
    /** Bytes. */
    size: z.int().min(0),
    width: Pixels.nullable(),
    height: Pixels.nullable(),
    duration: Duration.nullable(),
    thumbhash: Thumbhash.nullable(),
    waveform: Waveform.nullable(),
    /** Whether an image moves. */
    animated: z.boolean(),
    /** The still that stands for a video. */
    poster: FileId.nullable(),
  })
  .meta({ id: 'StoredFile' });
export type StoredFile = z.infer<typeof StoredFile>;

const Caption = z.string().trim().min(1).max(LIMITS.caption);

/** A file as a message carries it. */
export const Attachment = z
  .strictObject({ ...StoredFile.shape, caption: Caption.nullable() })
  .meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof Attachment>;

const Words = z
  .string()
  .min(1)
  .max(LIMITS.text)
  .refine((s) => s.trim() !== '', { error: 'expected more than white space, or null' });

/** What a client sends: files that are whole and that it may see. A voice message stands alone. */
export const SendableMediaBody = z.strictObject({
  kind: z.literal('media'),
  items: z
    .array(z.strictObject({ file: FileId, caption: Caption.nullable().default(null) }))
    .min(1)
    .max(LIMITS.albumItems),
  /** What is said about all of them. */
  text: Words.nullable().default(null),
});

export const MediaBody = z.strictObject({
  kind: z.literal('media'),
  items: z.array(Attachment).min(1).max(LIMITS.albumItems),
  text: Words.nullable(),
});
export type MediaBody = z.infer<typeof MediaBody>;

/** Pages of what a conversation holds: `media` is images and video. */
export const SharedKind = z.enum(['media', 'voice', 'file', 'link']);
export type SharedKind = z.infer<typeof SharedKind>;

/** Where the bytes of a file are to be had for a short time. */
export const FileAddress = z
  .strictObject({
    file: FileId,
    /** Absolute, or a path of the node. */
    url: z.string().max(LIMITS.url),
    /** Of an image, smaller ones, narrowest first; any of them may still be the whole until it was made. */
    steps: z.array(z.strictObject({ width: Pixels, url: z.string().max(LIMITS.url) })),
    expiresAt: z.int(),
  })
  .meta({ id: 'FileAddress' });
export type FileAddress = z.infer<typeof FileAddress>;

/**
 * How the bytes are to be brought. `tus`: to the node by PATCH, https://tus.io/protocols/resumable-upload#core-protocol,
 * with `Authorization: Bearer <access token>`. `parts`: straight to the store, each part by PUT to an address of
 * `files.parts`; all but the last have `partSize` bytes.
 */
export const Upload = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('tus'), url: z.string().max(LIMITS.url) }),
    z.strictObject({
      by: z.literal('parts'),
      partSize: z.int().min(1),
      /** Numbers of the parts that the store has already. */
      have: z.array(z.int().min(1)),
    }),
  ])
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof Upload>;
