import type { Handler } from '../../core/handler.ts';
import { askToSweep } from '../files/index.ts';
import type { StickersDeps } from './index.ts';
import { packsOf } from './queries.ts';

export const withdraw =
  ({ log, jobs }: StickersDeps): Handler<'stickers.withdraw'> =>
  async ({ app }, { pack: id }) => {
    await log.db.transaction().execute(async (trx) => {
      const [pack] = await packsOf(trx, app.pk, id);
      if (pack === undefined) return;
      await trx.deleteFrom('sticker_packs').where('app', '=', app.pk).where('id', '=', id).execute();
      const files = pack.stickers.map(({ file }) => file);
      await askToSweep(jobs, trx, { app: app.pk, files });
    });
    return {};
  };
