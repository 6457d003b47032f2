import type { StickersView } from '@inlay-im/client';
import type { Sticker, StickerPack, StickerRef } from '@inlay-im/protocol';

/** A sticker with the pack that it is of. */
export interface Offered {
  readonly pack: string;
  readonly sticker: Sticker;
}

export interface StickerSection {
  readonly key: string;
  /** Undefined for the recent ones and favourites. */
  readonly pack?: StickerPack;
  readonly stickers: readonly Offered[];
}

const offered = ({ id: pack, stickers }: StickerPack): Offered[] =>
  stickers.map((sticker) => ({ pack, sticker }));

export const isSame = ({ pack, sticker }: Offered, one: StickerRef): boolean =>
  pack === one.pack && sticker.id === one.sticker;

/** What the picker shows: recent ones, favourites, then the packs. What was withdrawn is left out. */
export function sectionsOf({ packs, shelf }: StickersView): StickerSection[] {
  const all = packs.flatMap(offered);
  const found = (refs: readonly StickerRef[]) =>
    refs.flatMap((ref) => all.find((one) => isSame(one, ref)) ?? []);
  const own: StickerSection[] = [
    { key: 'recent', stickers: found(shelf.recents) },
    { key: 'favourites', stickers: found(shelf.favourites) },
  ];
  const rest = packs.map((pack) => ({ key: `pack ${pack.id}`, pack, stickers: offered(pack) }));
  return [...own.filter(({ stickers }) => stickers.length > 0), ...rest];
}
