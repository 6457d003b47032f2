import type { Sticker, StickerPack, StickerRef } from '@inlay-im/protocol';
import { InlayError } from '@inlay-im/protocol';
import type { Db, Trx } from '../../db/database.ts';

interface Which {
  pack?: string;
  sticker?: string;
}

async function stickersOf(db: Db | Trx, app: number, { pack, sticker }: Which) {
  const rows = await db
    .selectFrom('stickers as s')
    .innerJoin('files as f', (join) => join.onRef('f.app', '=', 's.app').onRef('f.id', '=', 's.file'))
    .select(['s.pack', 's.id', 's.file', 's.emoji', 'f.width', 'f.height', 'f.animated'])
    .where('s.app', '=', app)
    .$if(pack !== undefined, (q) => q.where('s.pack', '=', pack ?? ''))
    .$if(sticker !== undefined, (q) => q.where('s.id', '=', sticker ?? ''))
    .orderBy('s.i')
    .execute();
  return rows.map(({ pack: of, width, height, ...rest }) => ({
    pack: of,
    sticker: { ...rest, width: width ?? 1, height: height ?? 1 } satisfies Sticker,
  }));
}

/** The packs of an app, the first that was published first; one of them, if it is named. */
export async function packsOf(db: Db | Trx, app: number, pack?: string): Promise<StickerPack[]> {
  const packs = await db
    .selectFrom('sticker_packs')
    .select(['id', 'title'])
    .where('app', '=', app)
    .$if(pack !== undefined, (q) => q.where('id', '=', pack ?? ''))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const all = await stickersOf(db, app, pack === undefined ? {} : { pack });
  return packs.map((one) => ({
    ...one,
    stickers: all.filter((each) => each.pack === one.id).map(({ sticker }) => sticker),
  }));
}

/** A sticker that the app publishes; undefined where there is none. */
export async function stickerOf(
  db: Db | Trx,
  app: number,
  { pack, sticker }: StickerRef,
): Promise<Sticker | undefined> {
  const [found] = await stickersOf(db, app, { pack, sticker });
  return found?.sticker;
}

export const stickerNotFound = (field: string): InlayError =>
  new InlayError('not_found', 'The app publishes no such sticker.', { field });
