import { z } from 'zod';
import { FileId } from '../entities/common.ts';
import { CustomEmoji, EmojiName } from '../entities/sticker.ts';
import { operation } from './operation.ts';

const nothing = z.strictObject({});
const publish = { access: 'server', scope: 'files:write' } as const;

export const emojiOperations = {
  'emoji.list': operation(
    'The emoji of the app, in the order of their names. They are written, and reacted with, as `:name:`.',
    { input: nothing, output: z.strictObject({ emoji: z.array(CustomEmoji) }) },
    { scope: 'files:read' },
  ),
  'emoji.publish': operation(
    'Makes an image that someone of the app uploaded an emoji of the app, or the image of one that there is.',
    {
      input: z.strictObject({ name: EmojiName, file: FileId }),
      output: z.strictObject({ emoji: CustomEmoji }),
    },
    { ...publish, errors: ['not_found', 'too_large', 'limit_reached'] },
  ),
  'emoji.remove': operation(
    'Takes an emoji of the app away. Where it was written or reacted with, its name stays. Repeating it changes nothing.',
    { input: z.strictObject({ name: EmojiName }), output: nothing },
    publish,
  ),
};
