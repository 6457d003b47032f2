import type { Jobs } from '../../core/jobs.ts';
import type { Log } from '../../log/index.ts';
import { deleteForMe } from './delete.ts';
import { edit } from './edit.ts';
import { edits } from './edits.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { played } from './played.ts';
import { recall } from './recall.ts';
import { send } from './send.ts';
import { shared } from './shared.ts';

export { checkChangeable, lockMessage } from './change-message.ts';
export { seenMessage, sight } from './floor.ts';

export interface MessagesDeps {
  log: Log;
  jobs: Jobs;
}

/** Messages: sent, read, edited, played, taken back. */
export const messageHandlers = (deps: MessagesDeps) => {
  const { log } = deps;
  return {
    'messages.send': send(log),
    'messages.edit': edit(log),
    'messages.edits': edits(log),
    'messages.recall': recall(deps),
    'messages.delete': deleteForMe(log),
    'messages.played': played(log),
    'messages.get': get(log),
    'messages.list': list(log),
    'messages.shared': shared(log),
  };
};
