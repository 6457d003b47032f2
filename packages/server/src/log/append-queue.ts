import { type Body, type FileKind, InlayError, type Priority } from '@inlay-im/protocol';
import type { KeyedLock } from './keyed-lock.ts';

/** A file that a message carries, or the still of a video that it carries. */
export interface AppendFile {
  file: string;
  kind: FileKind | 'poster' | 'sticker';
}

/** One message to be written. `conversation` is its key in the database, not the app's id. */
export interface Append {
  conversation: string;
  id: string;
  sender: string;
  body: Body;
  /** What keeps files alive; null: there are none. */
  files: readonly AppendFile[] | null;
  fingerprint: string;
  replyTo: number | null;
  mentions: string[] | null;
  priority: Priority;
  silent: boolean;
  at: number;
}

/** What became of it. `first`: whether this call made it; a retry is told the place of the first. */
export type AppendResult =
  | { status: 'committed'; n: number; rev: number; at: number; first: boolean }
  | { status: 'conflict' }
  /**
   * No such conversation, the sender is no member any more, no message has the number to reply to, or a file is gone.
   */
  | { status: 'refused' };

/** Writes a batch in one transaction; results in the order of the batch. Rejects if nothing was committed, or it is unknown. */
export type WriteBatch = (batch: readonly Append[]) => Promise<AppendResult[]>;

export interface AppendQueueOptions {
  write: WriteBatch;
  lock: KeyedLock;
  /** Sends that may wait at the same time; one more is refused with `busy`. */
  capacity: number;
  /** Batches that are written at the same time, of different conversations. */
  writers: number;
  batch: number;
}

interface Waiting {
  append: Append;
  /** Runs in the order of commits, before the next write to the same conversation begins. */
  settle(result: AppendResult): void;
  fail(error: unknown): void;
}

/** A send that cannot be told of its result must not keep its neighbours from theirs. */
function settle(waiting: Waiting, result: AppendResult): void {
  try {
    waiting.settle(result);
  } catch (error) {
    waiting.fail(error);
  }
}

/**
 * Group commit. Without a timer: the first send is written at once, and what arrives meanwhile forms the next batch.
 * A conversation is in at most one batch at a time, so its messages are committed and told in the order of arrival.
 */
export class AppendQueue {
  readonly #o: AppendQueueOptions;
  /** Sends that can be written now, by conversation; this queue holds the locks of these. */
  readonly #ready = new Map<string, Waiting[]>();
  /** Sends to a conversation that is being written to; they follow when its lock comes to them. */
  readonly #blocked = new Map<string, Waiting[]>();
  #size = 0;
  #writing = 0;
  #scheduled = false;
  #idle: (() => void)[] = [];

  constructor(options: AppendQueueOptions) {
    this.#o = options;
  }

  get size(): number {
    return this.#size;
  }

  /** Queues a send. `settle` is called synchronously in commit order; throws `busy` when the queue is full. */
  push(append: Append, settle: (result: AppendResult) => void, fail: (error: unknown) => void): void {
    if (this.#size >= this.#o.capacity) {
      throw new InlayError('busy', 'The node has more messages waiting than it takes; send again shortly.', {
        retryAfter: 250,
      });
    }
    this.#size++;
    const key = append.conversation;
    const waiting = { append, settle, fail };
    const together = this.#ready.get(key) ?? this.#blocked.get(key);
    if (together !== undefined) together.push(waiting);
    else if (this.#o.lock.tryAcquire(key)) this.#ready.set(key, [waiting]);
    else this.#block(key, [waiting]);
    this.#schedule();
  }

  /** Resolves when nothing waits and nothing is being written. */
  drained(): Promise<void> {
    if (this.#size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #block(key: string, waiting: Waiting[]): void {
    this.#blocked.set(key, waiting);
    void this.#o.lock.acquire(key).then(() => {
      this.#blocked.delete(key);
      this.#ready.set(key, waiting);
      this.#schedule();
    });
  }

  /** A batch begins after the current turn of the event loop, so that frames that were read together go together. */
  #schedule(): void {
    if (this.#scheduled || this.#ready.size === 0 || this.#writing >= this.#o.writers) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#ready.size > 0 && this.#writing < this.#o.writers) void this.#writeOne(this.#take());
    });
  }

  /** Takes whole conversations, so that as few as possible are in two batches; only one that is longer than a batch is cut. */
  #take(): Waiting[] {
    const batch: Waiting[] = [];
    for (const [key, waiting] of this.#ready) {
      if (batch.length > 0 && batch.length + waiting.length > this.#o.batch) break;
      this.#ready.delete(key);
      batch.push(...waiting.splice(0, this.#o.batch));
      if (waiting.length > 0) this.#block(key, waiting);
    }
    return batch;
  }

  async #writeOne(batch: Waiting[]): Promise<void> {
    this.#writing++;
    try {
      const results = await this.#o.write(batch.map((w) => w.append));
      batch.forEach((w, i) => {
        const result = results[i];
        if (result === undefined) w.fail(new Error('the batch gave no result for a send'));
        else settle(w, result);
      });
    } catch (error) {
      for (const w of batch) w.fail(error);
    } finally {
      this.#writing--;
      this.#size -= batch.length;
      for (const key of new Set(batch.map((w) => w.append.conversation))) this.#o.lock.release(key);
      if (this.#size === 0) for (const resolve of this.#idle.splice(0)) resolve();
      this.#schedule();
    }
  }
}
