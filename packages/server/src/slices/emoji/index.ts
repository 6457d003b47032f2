import type { Jobs } from '../../core/jobs.ts';
import type { Db } from '../../db/database.ts';
import { list } from './list.ts';
import { publish } from './publish.ts';
import { remove } from './remove.ts';

export { publishEmoji } from './publish.ts';
export { isEmoji } from './queries.ts';

export interface EmojiDeps {
  db: Db;
  jobs: Jobs;
}

/** The app's own emoji: published by its backend, written and reacted with by everyone. */
export const emojiHandlers = (deps: EmojiDeps) => ({
  'emoji.list': list(deps),
  'emoji.publish': publish(deps),
  'emoji.remove': remove(deps),
});
