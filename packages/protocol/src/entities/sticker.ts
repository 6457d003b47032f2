import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { Emoji, FileId, Title } from './common.ts';
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

/** The app's own name for a pack, and for a sticker within it. */
const OwnId = z.string().regex(/^[a-z0-9_-]{1,32}$/, { error: 'expected 1 to 32 of a to z, digits and _ -' });
export const PackId = OwnId.meta({ id: 'PackId' });
export const StickerId = OwnId.meta({ id: 'StickerId' });

const side = Pixels.max(LIMITS.stickerSide);

/** One sticker of a pack. Its image is at `/published/<file>`, for as long as the pack has it. */
export const Sticker = z
  .strictObject({
    id: StickerId,
    file: FileId,
    /** The emoji that says the same. */
    emoji: Emoji,
    width: side,
    height: side,
    animated: z.boolean(),
  })
  .meta({ id: 'Sticker' });
export type Sticker = z.infer<typeof Sticker>;

export const StickerPack = z
  .strictObject({ id: PackId, title: Title, stickers: z.array(Sticker) })
  .meta({ id: 'StickerPack' });
export type StickerPack = z.infer<typeof StickerPack>;

export const StickerRef = z.strictObject({ pack: PackId, sticker: StickerId }).meta({ id: 'StickerRef' });
export type StickerRef = z.infer<typeof StickerRef>;

/** What is mine of stickers, on all my devices. Packs and stickers that the app withdrew may still be named. */
export const StickerShelf = z
  .strictObject({
    /** In my order. */
    packs: z.array(PackId),
    /** The one that was added last comes first. */
    favourites: z.array(StickerRef),
    /** The one that was sent last comes first. */
    recents: z.array(StickerRef),
  })
  .meta({ id: 'StickerShelf' });
export type StickerShelf = z.infer<typeof StickerShelf>;

/** What a client sends: a sticker of a pack that is published. */
export const SendableStickerBody = z.strictObject({
  kind: z.literal('sticker'),
  pack: PackId,
  sticker: StickerId,
});

/** A sticker as a message carries it: it stays, also once its pack is withdrawn. */
export const StickerBody = z.strictObject({
  kind: z.literal('sticker'),
  pack: PackId,
  sticker: StickerId,
  ...Sticker.omit({ id: true }).shape,
});
export type StickerBody = z.infer<typeof StickerBody>;
