import type { CustomEmoji } from '@inlay-im/protocol';
import type { Db, Trx } from '../../db/database.ts';

/** The emoji of an app in the order of their names; one of them, if it is named. */
export async function emojiOf(db: Db | Trx, app: number, name?: string): Promise<CustomEmoji[]> {
  const query = db
    .selectFrom('emoji as e')
    .innerJoin('files as f', (join) => join.onRef('f.app', '=', 'e.app').onRef('f.id', '=', 'e.file'))
    .select(['e.name', 'e.file', 'f.width', 'f.height', 'f.animated'])
    .where('e.app', '=', app)
    .orderBy('e.name');
  const rows = await (name === undefined ? query : query.where('e.name', '=', name)).execute();
  return rows.map(({ width, height, ...rest }) => ({ ...rest, width: width ?? 1, height: height ?? 1 }));
}

/** Whether the app has an emoji of this name. */
export async function isEmoji(db: Db | Trx, app: number, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('emoji')
    .select('name')
    .where('app', '=', app)
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}
