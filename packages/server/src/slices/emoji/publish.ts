import { type CustomEmoji, InlayError, LIMITS } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Trx } from '../../db/database.ts';
import { askToSweep, holdPublished } from '../files/index.ts';
import type { EmojiDeps } from './index.ts';
import { emojiOf } from './queries.ts';

/** Of two that are published at once the second counts the first. */
async function checkCount(trx: Trx, app: number): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from emoji where app = ${app}`.execute(trx);
  if ((rows[0]?.count ?? 0) < LIMITS.emojiPerApp) return;
  throw new InlayError('limit_reached', `An app has at most ${LIMITS.emojiPerApp} emoji; remove some first.`);
}

/** Makes an image the emoji of this name; the image that it had goes, unless something else names it. */
export async function publishEmoji(
  { db, jobs }: EmojiDeps,
  { app, name, file }: { app: number; name: string; file: string },
): Promise<CustomEmoji> {
  return await db.transaction().execute(async (trx) => {
    await sql`select from apps where pk = ${app} for no key update`.execute(trx);
    await holdPublished(trx, {
      ...{ app, file, field: 'file' },
      ...{ bytes: LIMITS.emojiBytes, side: LIMITS.emojiSide },
    });
    const [before] = await emojiOf(trx, app, name);
    if (before === undefined) await checkCount(trx, app);
    await trx
      .insertInto('emoji')
      .values({ app, name, file })
      .onConflict((oc) => oc.columns(['app', 'name']).doUpdateSet({ file }))
      .execute();
    if (before !== undefined && before.file !== file)
      await askToSweep(jobs, trx, { app, files: [before.file] });
    const [emoji] = await emojiOf(trx, app, name);
    if (emoji === undefined) throw new Error('an emoji that was written is not there');
    return emoji;
  });
}

export const publish =
  (deps: EmojiDeps): Handler<'emoji.publish'> =>
  async ({ app }, input) => ({ emoji: await publishEmoji(deps, { app: app.pk, ...input }) });
