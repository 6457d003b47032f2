import type { Log } from '../../log/index.ts';
import { deleteForMe } from './delete.ts';
import { edit } from './edit.ts';
import { edits } from './edits.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { recall } from './recall.ts';
import { send } from './send.ts';

export { checkChangeable, lockMessage } from './change-message.ts';
export { seenMessage, sight } from './floor.ts';

/** Messages: sent, read, edited, taken back. */
export const messageHandlers = (log: Log) => ({
  'messages.send': send(log),
  'messages.edit': edit(log),
  'messages.edits': edits(log),
  'messages.recall': recall(log),
  'messages.delete': deleteForMe(log),
  'messages.get': get(log),
  'messages.list': list(log),
});
