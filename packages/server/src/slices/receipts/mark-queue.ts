import { InlayError, LIMITS, type Self } from '@inlay-im/protocol';
import { conversationTopic, type Log, notFound, toSelf, userTopic } from '../../log/index.ts';
import { type Mark, PendingMarks } from './marks.ts';
import { type Written, writeMarks } from './write-marks.ts';

interface Waiting {
  resolve(self: Self): void;
  reject(error: unknown): void;
}

/** Marks of one batch; each is a few updated columns, but all conversations of a batch are locked together. */
const BATCH = 200;
/** Members whose marks wait. Marks merge, so this many means that the database does not answer. */
const CAPACITY = 50_000;

/** Tells all devices of the person, and the others as far as it is news to them. */
function tell(log: Log, { member, conversation, read, moved, topMoved }: Written): void {
  const { app, user_id: user } = member;
  if (read) {
    const self = toSelf(member);
    log.fanout.publish(userTopic(app, user), 'self.changed', {
      userRev: self.rev,
      conversation: conversation.id,
      self,
    });
  }
  const wanted = topMoved || (moved && conversation.member_count <= LIMITS.receiptFanoutMembers);
  if (!wanted) return;
  log.fanout.publish(conversationTopic(conversation.pk), 'receipt.changed', {
    conversation: conversation.id,
    user,
    readN: member.read_n,
    deliveredN: member.delivered_n,
  });
}

/** Group commit of marks: one batch is written at a time, and what comes meanwhile is merged into the next. */
export class MarkQueue {
  readonly #log: Log;
  readonly #pending = new PendingMarks<Waiting>();
  #running: Promise<void> | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  mark(mark: Mark): Promise<Self> {
    if (this.#pending.size >= CAPACITY) {
      throw new InlayError('busy', 'The node has more marks waiting than it takes; send again shortly.', {
        retryAfter: 1000,
      });
    }
    return new Promise((resolve, reject) => {
      this.#pending.add(mark, { resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Frames that were read together form one batch.
    await new Promise(setImmediate);
    while (this.#pending.size > 0) await this.#writeOne();
    this.#running = null;
  }

  async #writeOne(): Promise<void> {
    const batch = this.#pending.take(BATCH);
    try {
      const written = await writeMarks(
        this.#log.db,
        batch.map((b) => b.mark),
      );
      written.forEach((w, i) => {
        const waiting = batch[i]?.waiting ?? [];
        if (w !== undefined) tell(this.#log, w);
        for (const one of waiting) {
          if (w === undefined) one.reject(notFound());
          else one.resolve(toSelf(w.member));
        }
      });
    } catch (error) {
      for (const { waiting } of batch) for (const one of waiting) one.reject(error);
    }
  }
}
