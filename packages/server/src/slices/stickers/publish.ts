import { InlayError, type Input, LIMITS, type StickerPack } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Jobs } from '../../core/jobs.ts';
import type { Db, Trx } from '../../db/database.ts';
import { askToSweep, holdPublished } from '../files/index.ts';
import type { StickersDeps } from './index.ts';
import { packsOf } from './queries.ts';

type Wanted = Input<'stickers.publish'>;

const bounds = { bytes: LIMITS.stickerBytes, side: LIMITS.stickerSide };

async function checkCount(trx: Trx, app: number): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from sticker_packs where app = ${app}`.execute(trx);
  if ((rows[0]?.count ?? 0) < LIMITS.packsPerApp) return;
  throw new InlayError(
    'limit_reached',
    `An app has at most ${LIMITS.packsPerApp} packs; withdraw one first.`,
  );
}

async function write(trx: Trx, app: number, o: { wanted: Wanted; at: Date }): Promise<void> {
  const { pack, title, stickers } = o.wanted;
  await trx
    .insertInto('sticker_packs')
    .values({ app, id: pack, title, created_at: o.at })
    .onConflict((oc) => oc.columns(['app', 'id']).doUpdateSet({ title }))
    .execute();
  await trx.deleteFrom('stickers').where('app', '=', app).where('pack', '=', pack).execute();
  await trx
    .insertInto('stickers')
    .values(stickers.map(({ id, file, emoji }, i) => ({ app, pack, id, i, file, emoji })))
    .execute();
}

/** Publishes a pack, or puts it in the place of one; images that it had go, unless something else names them. */
export async function publishPack(
  { db, jobs }: { db: Db; jobs: Jobs },
  app: number,
  o: { wanted: Wanted; at: Date },
): Promise<StickerPack> {
  const { pack: id, stickers } = o.wanted;
  return await db.transaction().execute(async (trx) => {
    // Of two that are published at once the second counts the first.
    await sql`select from apps where pk = ${app} for no key update`.execute(trx);
    for (const [i, { file }] of stickers.entries())
      await holdPublished(trx, { app, file, field: `stickers.${i}.file`, ...bounds });
    const [before] = await packsOf(trx, app, id);
    if (before === undefined) await checkCount(trx, app);
    await write(trx, app, o);
    const dropped = (before?.stickers ?? []).map(({ file }) => file);
    if (dropped.length > 0) await askToSweep(jobs, trx, { app, files: dropped });
    const [pack] = await packsOf(trx, app, id);
    if (pack === undefined) throw new Error('a pack that was written is not there');
    return pack;
  });
}

export const publish =
  ({ log, jobs }: StickersDeps): Handler<'stickers.publish'> =>
  async ({ app }, wanted) => ({
    pack: await publishPack({ db: log.db, jobs }, app.pk, { wanted, at: new Date(log.now()) }),
  });
