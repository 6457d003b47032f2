import type { Handler } from '../../core/handler.ts';
import type { StickersDeps } from './index.ts';
import { packsOf } from './queries.ts';
import { shelfOf } from './shelf.ts';

export const packs =
  ({ log }: StickersDeps): Handler<'stickers.packs'> =>
  async ({ app, user }) => {
    const [all, shelf] = await Promise.all([packsOf(log.db, app.pk), shelfOf(log.db, { app: app.pk, user })]);
    const mine = shelf.packs.flatMap((id) => all.find((pack) => pack.id === id) ?? []);
    return { packs: [...mine, ...all.filter((pack) => !mine.includes(pack))], shelf };
  };
