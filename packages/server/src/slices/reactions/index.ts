import type { Log } from '../../log/index.ts';
import { add } from './add.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';

/** Reactions: counts travel with the message, who reacted is asked for. */
export const reactionHandlers = (log: Log) => ({
  'reactions.add': add(log),
  'reactions.remove': remove(log),
  'reactions.list': list(log),
});
