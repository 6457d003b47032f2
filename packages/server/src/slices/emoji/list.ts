import type { Handler } from '../../core/handler.ts';
import type { EmojiDeps } from './index.ts';
import { emojiOf } from './queries.ts';

export const list =
  ({ db }: EmojiDeps): Handler<'emoji.list'> =>
  async ({ app }) => ({ emoji: await emojiOf(db, app.pk) });
