import { LIMITS, type StickerRef, type StickerShelf } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Db, Trx } from '../../db/database.ts';
import { type Log, userTopic } from '../../log/index.ts';
import { bumpUserRevs } from '../members/index.ts';

interface Who {
  app: number;
  user: string;
}

const EMPTY: StickerShelf = { packs: [], favourites: [], recents: [] };

export async function shelfOf(db: Db | Trx, { app, user }: Who): Promise<StickerShelf> {
  const row = await db
    .selectFrom('sticker_shelves')
    .select('shelf')
    .where('app', '=', app)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return row?.shelf ?? EMPTY;
}

export const isSame = (a: StickerRef, b: StickerRef): boolean => a.pack === b.pack && a.sticker === b.sticker;

/** A list with this sticker as its first one, once. */
export const withFirst = (all: readonly StickerRef[], one: StickerRef): StickerRef[] => [
  one,
  ...all.filter((other) => !isSame(other, one)),
];

/**
 * Changes what is someone's of stickers, and tells their devices. `change` gives undefined where it is so already. The
 * person's row is held first, so that two changes at once are both kept.
 */
export async function changeShelf(
  log: Log,
  who: Who,
  change: (shelf: StickerShelf, trx: Trx) => StickerShelf | undefined | Promise<StickerShelf | undefined>,
): Promise<StickerShelf> {
  const { app, user } = who;
  const { shelf, userRev } = await log.db.transaction().execute(async (trx) => {
    await sql`select from users where app = ${app} and id = ${user} for no key update`.execute(trx);
    const before = await shelfOf(trx, who);
    const after = await change(before, trx);
    if (after === undefined) return { shelf: before, userRev: undefined };
    const text = sql<string>`${JSON.stringify(after)}::text::json`;
    await trx
      .insertInto('sticker_shelves')
      .values({ app, user_id: user, shelf: text })
      .onConflict((oc) => oc.columns(['app', 'user_id']).doUpdateSet({ shelf: text }))
      .execute();
    return { shelf: after, userRev: (await bumpUserRevs(trx, app, [user])).get(user) ?? 0 };
  });
  if (userRev !== undefined) log.fanout.publish(userTopic(app, user), 'stickers.changed', { userRev, shelf });
  return shelf;
}

/** Remembers a sticker as the last that someone sent. */
export async function noteUsed(log: Log, who: Who, one: StickerRef): Promise<void> {
  await changeShelf(log, who, (shelf) => {
    const [last] = shelf.recents;
    if (last !== undefined && isSame(last, one)) return undefined;
    return { ...shelf, recents: withFirst(shelf.recents, one).slice(0, LIMITS.recentStickers) };
  });
}
