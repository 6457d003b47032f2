import type { SQL } from 'bun';
import type { Db } from '../db/database.ts';
import { HOT_CONNECTIONS } from '../db/database.ts';
import type { Bus } from '../ports/bus.ts';
import { AppendQueue } from './append-queue.ts';
import { createChange } from './change.ts';
import { Directory } from './directory.ts';
import { Fanout } from './fanout.ts';
import { KeyedLock } from './keyed-lock.ts';
import { createBatchWriter } from './write-batch.ts';

export { forbidden, mayStillRead, memberPlace, notFound, type Place, place, stillIn } from './access.ts';
export type { Append, AppendResult } from './append-queue.ts';
export type { ChangeTx } from './change.ts';
export type { ConversationFacts } from './directory.ts';
export { encodeEvent, type Fanout } from './fanout.ts';
export { type Extent, isPlayable, MESSAGE_COLUMNS, mineOf, seenBy } from './message-queries.ts';
export { sentBefore } from './sent-before.ts';
export { conversationTopic, presenceTopic, userTopic } from './topics.ts';
export { readView, readViews, type Viewer } from './views.ts';
export * from './wire.ts';

export interface LogDeps {
  db: Db;
  hot: SQL;
  bus: Bus;
  now: () => number;
  uuid: () => string;
  /** Sends that may wait before `busy`. */
  capacity: number;
}

/** Rows of one batch. Beyond some hundreds a batch gains nothing and only makes its first send wait longer. */
const BATCH = 500;

/** The conversation log of one node: the one way to write to a conversation, and to tell of it. */
export function createLog({ db, hot, bus, now, uuid, capacity }: LogDeps) {
  const lock = new KeyedLock();
  const directory = new Directory(db);
  const fanout = new Fanout(bus);
  const queue = new AppendQueue({
    write: createBatchWriter(hot),
    lock,
    capacity,
    writers: HOT_CONNECTIONS,
    batch: BATCH,
  });
  /** Forgets cached facts on all nodes. */
  const forget = (conversation: string, user?: string): void => {
    directory.forget(conversation, user);
    bus.publish({ type: 'stale', conversation, ...(user === undefined ? {} : { user }) });
  };
  /** Runs a task between the changes that this node makes to a conversation. */
  const inTurn = <T>(conversation: string, task: () => Promise<T>): Promise<T> =>
    lock.run(conversation, task);
  return {
    db,
    directory,
    fanout,
    queue,
    forget,
    inTurn,
    now,
    uuid,
    ...createChange({ db, lock, now, uuid }),
  };
}

export type Log = ReturnType<typeof createLog>;
