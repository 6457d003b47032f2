import type { Jobs } from '../../core/jobs.ts';
import type { Log } from '../../log/index.ts';
import { changes } from './changes.ts';
import { clear } from './clear.ts';
import { create } from './create.ts';
import { direct } from './direct.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { unread } from './unread.ts';
import { unwatch } from './unwatch.ts';
import { update } from './update.ts';
import { watch } from './watch.ts';

export { ensureDirect } from './ensure-direct.ts';

export interface ConversationsDeps {
  log: Log;
  jobs: Jobs;
}

/** Conversations: begun, found, listed, changed, followed. */
export const conversationHandlers = ({ log, jobs }: ConversationsDeps) => ({
  'conversations.direct': direct(log),
  'conversations.create': create({ log, jobs }),
  'conversations.get': get(log),
  'conversations.list': list(log),
  'conversations.unread': unread(log),
  'conversations.changes': changes(log),
  'conversations.update': update({ log, jobs }),
  'conversations.clear': clear(log),
  'conversations.watch': watch(log),
  'conversations.unwatch': unwatch(log),
});
