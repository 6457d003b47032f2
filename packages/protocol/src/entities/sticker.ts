import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { FileId } from './common.ts';
import { Pixels } from './media.ts';

/** What an emoji of the app is called: people write it between colons. */
export const EmojiName = z
  .string()
  .regex(/^[a-z0-9_+-]{1,32}$/, { error: 'expected 1 to 32 of a to z, digits and _ + -' })
  .meta({ id: 'EmojiName' });

/** An emoji of the app. Its image is at `/published/<file>`, for as long as there is such an emoji. */
export const CustomEmoji = z
  .strictObject({
    name: EmojiName,
    file: FileId,
    width: Pixels.max(LIMITS.emojiSide),
    height: Pixels.max(LIMITS.emojiSide),
    animated: z.boolean(),
  })
  .meta({ id: 'CustomEmoji' });
export type CustomEmoji = z.infer<typeof CustomEmoji>;
