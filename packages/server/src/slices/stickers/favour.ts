import { InlayError, LIMITS } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { StickersDeps } from './index.ts';
import { stickerNotFound, stickerOf } from './queries.ts';
import { changeShelf, isSame, withFirst } from './shelf.ts';

export const favour =
  ({ log }: StickersDeps): Handler<'stickers.favour'> =>
  async ({ app, user }, { on, ...one }) => {
    const shelf = await changeShelf(log, { app: app.pk, user }, async (before, trx) => {
      const { favourites } = before;
      if (favourites.some((other) => isSame(other, one)) === on) return undefined;
      if (!on) return { ...before, favourites: favourites.filter((other) => !isSame(other, one)) };
      if ((await stickerOf(trx, app.pk, one)) === undefined) throw stickerNotFound('sticker');
      if (favourites.length >= LIMITS.favouriteStickers) {
        const message = `At most ${LIMITS.favouriteStickers} favourites; take one away first.`;
        throw new InlayError('limit_reached', message);
      }
      return { ...before, favourites: withFirst(favourites, one) };
    });
    return { shelf };
  };
