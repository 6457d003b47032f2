import { z } from 'zod';
import { FileId } from '../entities/common.ts';
import { Gif, GifId } from '../entities/gif.ts';
import { StoredFile } from '../entities/media.ts';
import { LIMITS } from '../limits.ts';
import { operation } from './operation.ts';

/** Where the next page begins, in the words of the service. */
const GifCursor = z.string().min(1).max(500);

export const gifOperations = {
  'gifs.service': operation(
    'Which service the node searches for GIFs; its name is to be shown where they are.',
    {
      input: z.strictObject({}),
      output: z.strictObject({
        /** Null: none, and the other operations of GIFs answer `not_found`. */
        name: z.string().max(LIMITS.name).nullable(),
      }),
    },
    { scope: 'files:read' },
  ),
  'gifs.search': operation(
    'Searches for GIFs; without words, gives those that are popular. The node asks the service, so that nobody else learns who searches.',
    {
      input: z.strictObject({
        query: z.string().trim().max(LIMITS.gifQuery).default(''),
        /** `next` of the page before. */
        cursor: GifCursor.optional(),
        /** The language of the words, and of what is popular. */
        locale: z.enum(['en', 'zh-CN']).default('en'),
      }),
      output: z.strictObject({
        gifs: z.array(Gif).max(LIMITS.gifPage),
        /** Null on the last page. */
        next: GifCursor.nullable(),
      }),
    },
    { scope: 'files:read', errors: ['not_found'] },
  ),
  'gifs.take': operation(
    'Brings a GIF that was found to the node, as a file of mine that I may send. It is looked at and kept as an upload is. Repeating it with the same `file` gives the same answer.',
    {
      input: z.strictObject({ file: FileId, gif: GifId }),
      output: z.strictObject({ stored: StoredFile }),
    },
    { scope: 'files:write', errors: ['not_found', 'conflict', 'limit_reached', 'rejected'] },
  ),
};
