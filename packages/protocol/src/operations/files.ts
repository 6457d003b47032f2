import { z } from 'zod';
import { ConversationId, FileId, Time } from '../entities/common.ts';
import {
  Duration,
  FileAddress,
  FileKind,
  FileName,
  Pixels,
  StoredFile,
  Upload,
  Waveform,
} from '../entities/media.ts';
import { LIMITS } from '../limits.ts';
import { operation } from './operation.ts';

const nothing = z.strictObject({});
const one = { file: FileId };
const read = { scope: 'files:read' } as const;
const write = { scope: 'files:write' } as const;
const PartNumber = z.int().min(1).max(10_000);

export const fileOperations = {
  'files.create': operation(
    'Begins to upload a file, or goes on with it: repeating it with the same `file` and `size` tells where to go on, or that it is whole. What width, height and duration of a video or voice message are is the uploader’s word; those of an image are measured.',
    {
      input: z.strictObject({
        ...one,
        kind: FileKind,
        name: FileName,
        size: z.int().min(1).max(LIMITS.fileBytes),
        /** An image as it is: neither re-encoded nor stripped of what the camera wrote into it. */
        original: z.boolean().default(false),
        width: Pixels.optional(),
        height: Pixels.optional(),
        duration: Duration.optional(),
        waveform: Waveform.optional(),
        /** An image of mine that is whole. */
        poster: FileId.optional(),
      }),
      output: z.strictObject({
        /** Null once the file is whole. */
        upload: Upload.nullable(),
        stored: StoredFile.nullable(),
      }),
    },
    { ...write, errors: ['conflict', 'too_large', 'limit_reached', 'not_found', 'rejected', 'busy'] },
  ),
  'files.parts': operation(
    'Addresses to bring parts to by PUT, where the upload is by `parts`.',
    {
      input: z.strictObject({ ...one, numbers: z.array(PartNumber).min(1).max(LIMITS.idsPerCall) }),
      output: z.strictObject({
        parts: z.array(z.strictObject({ number: PartNumber, url: z.string().max(4096) })),
        expiresAt: Time,
      }),
    },
    { ...write, errors: ['not_found', 'conflict', 'busy'] },
  ),
  'files.finish': operation(
    'Says that all bytes were brought. They are looked at: what they are, whether they are what they pose as, whether a scanner finds something. Repeating it gives the same answer.',
    {
      input: z.strictObject(one),
      output: z.strictObject({ stored: StoredFile }),
    },
    { ...write, errors: ['not_found', 'conflict', 'rejected', 'busy'] },
  ),
  'files.cancel': operation(
    'Drops a file of mine that no message has. Repeating it changes nothing.',
    { input: z.strictObject(one), output: nothing },
    write,
  ),
  'files.urls': operation(
    'Addresses of files: of a conversation’s messages that I may see, or without a conversation of my own files. Those that are not mine to see are left out.',
    {
      input: z.strictObject({
        conversation: ConversationId.optional(),
        files: z.array(FileId).min(1).max(LIMITS.idsPerCall),
      }),
      output: z.strictObject({ addresses: z.array(FileAddress) }),
    },
    { ...read, errors: ['not_found'] },
  ),
};
