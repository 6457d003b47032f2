import type { Log } from '../../log/index.ts';
import { list } from './list.ts';
import { mark } from './mark.ts';
import { MarkQueue } from './mark-queue.ts';

/** Receipts: how far everyone has received and read. */
export function createReceipts(log: Log) {
  const queue = new MarkQueue(log);
  return {
    handlers: { 'receipts.mark': mark(log, queue), 'receipts.list': list(log) },
    drained: () => queue.drained(),
  };
}
