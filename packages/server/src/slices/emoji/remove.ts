import type { Handler } from '../../core/handler.ts';
import { askToSweep } from '../files/index.ts';
import type { EmojiDeps } from './index.ts';

export const remove =
  ({ db, jobs }: EmojiDeps): Handler<'emoji.remove'> =>
  async ({ app }, { name }) => {
    await db.transaction().execute(async (trx) => {
      const row = await trx
        .deleteFrom('emoji')
        .where('app', '=', app.pk)
        .where('name', '=', name)
        .returning('file')
        .executeTakeFirst();
      if (row !== undefined) await askToSweep(jobs, trx, { app: app.pk, files: [row.file] });
    });
    return {};
  };
