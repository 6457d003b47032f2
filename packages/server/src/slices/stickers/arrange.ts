import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { StickersDeps } from './index.ts';
import { changeShelf } from './shelf.ts';

export const arrange =
  ({ log }: StickersDeps): Handler<'stickers.arrange'> =>
  async ({ app, user }, { packs }) => {
    const shelf = await changeShelf(log, { app: app.pk, user }, async (before, trx) => {
      const known = await trx.selectFrom('sticker_packs').select('id').where('app', '=', app.pk).execute();
      // One of mine that was withdrawn meanwhile is no reason to refuse the order of the others.
      const ids = new Set([...known.map(({ id }) => id), ...before.packs]);
      const unknown = packs.findIndex((id) => !ids.has(id));
      if (unknown >= 0)
        throw new InlayError('not_found', 'The app publishes no such pack.', { field: `packs.${unknown}` });
      return packs.join() === before.packs.join() ? undefined : { ...before, packs };
    });
    return { shelf };
  };
