import { z } from 'zod';
import { Emoji, FileId, Title } from '../entities/common.ts';
import { PackId, StickerId, StickerPack, StickerRef, StickerShelf } from '../entities/sticker.ts';
import { LIMITS } from '../limits.ts';
import { operation } from './operation.ts';

const nothing = z.strictObject({});
const shelf = z.strictObject({ shelf: StickerShelf });
const mine = { scope: 'files:write' } as const;
const publish = { access: 'server', scope: 'files:write' } as const;
const distinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

export const stickerOperations = {
  'stickers.packs': operation(
    'The packs that the app publishes, mine first in my order, and what is mine of stickers.',
    {
      input: nothing,
      output: z.strictObject({ packs: z.array(StickerPack), shelf: StickerShelf }),
    },
    { scope: 'files:read' },
  ),
  'stickers.arrange': operation(
    'Says which packs are mine, in which order, on all my devices.',
    {
      input: z.strictObject({
        packs: z.array(PackId).max(LIMITS.packsPerApp).refine(distinct, { error: 'expected each pack once' }),
      }),
      output: shelf,
    },
    { ...mine, errors: ['not_found'] },
  ),
  'stickers.favour': operation(
    'Makes a sticker a favourite of mine, or none any more, on all my devices. Repeating it changes nothing.',
    { input: z.strictObject({ ...StickerRef.shape, on: z.boolean() }), output: shelf },
    { ...mine, errors: ['not_found', 'limit_reached'] },
  ),
  'stickers.publish': operation(
    'Publishes a pack of images that people of the app uploaded, or puts it in the place of one that there is.',
    {
      input: z.strictObject({
        pack: PackId,
        title: Title,
        stickers: z
          .array(z.strictObject({ id: StickerId, file: FileId, emoji: Emoji }))
          .min(1)
          .max(LIMITS.stickersPerPack)
          .refine((all) => distinct(all.map(({ id }) => id)), { error: 'expected each id once' }),
      }),
      output: z.strictObject({ pack: StickerPack }),
    },
    { ...publish, errors: ['not_found', 'too_large', 'limit_reached'] },
  ),
  'stickers.withdraw': operation(
    'Publishes a pack no longer. Messages keep the stickers that they carry. Repeating it changes nothing.',
    { input: z.strictObject({ pack: PackId }), output: nothing },
    publish,
  ),
};
