import type { StickerShelf } from '@inlay-im/protocol';
import type { JSONColumnType } from 'kysely';

export interface StickerPacksTable {
  app: number;
  id: string;
  title: string;
  created_at: Date;
}

export interface StickersTable {
  app: number;
  pack: string;
  id: string;
  /** The place in its pack. */
  i: number;
  file: string;
  emoji: string;
}

export interface StickerShelvesTable {
  app: number;
  user_id: string;
  shelf: JSONColumnType<StickerShelf, string, string>;
}

export interface StickersTables {
  sticker_packs: StickerPacksTable;
  stickers: StickersTable;
  sticker_shelves: StickerShelvesTable;
}
