import type { Self } from '@inlay-im/protocol';
import type { Clock } from './clock.ts';
import type { Call } from './connection/link.ts';
import { mayRetry } from './requests/errors.ts';

/** Marks of one conversation go out at once, then at most once in so many milliseconds. */
const SPACING = 1000;
/** Marks on their way at the same time, so that a first sync does not flood the node. */
const AT_ONCE = 4;

interface Marks {
  readonly readN: number;
  readonly deliveredN: number;
}

const NOTHING: Marks = { readN: 0, deliveredN: 0 };

export interface ReceiptsOptions {
  readonly clock: Clock;
  readonly call: Call;
  up(): boolean;
  marked(conversation: string, self: Self): void;
}

/** [L6] Tells the node how far I received and read. A mark that was not told yet waits here; it never goes down. */
export class Receipts {
  readonly #options: ReceiptsOptions;
  readonly #wanted = new Map<string, Marks>();
  readonly #resting = new Set<string>();
  #onTheWay = 0;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** What the node was not told yet. */
  waiting(conversation: string): Marks | undefined {
    return this.#wanted.get(conversation);
  }

  mark(conversation: string, marks: Partial<Marks>): void {
    const before = this.#wanted.get(conversation) ?? NOTHING;
    this.#wanted.set(conversation, {
      readN: Math.max(before.readN, marks.readN ?? 0),
      deliveredN: Math.max(before.deliveredN, marks.deliveredN ?? 0),
    });
    this.pump();
  }

  /** Tells the node now what waits for a conversation, ahead of its turn. */
  async flush(conversation: string): Promise<void> {
    const marks = this.#wanted.get(conversation);
    if (marks !== undefined && this.#options.up()) await this.#send(conversation, marks);
  }

  clear(): void {
    this.#wanted.clear();
  }

  /** To be called whenever a session opened, too. */
  pump(): void {
    if (!this.#options.up()) return;
    for (const [conversation, marks] of this.#wanted) {
      if (this.#onTheWay >= AT_ONCE) return;
      if (!this.#resting.has(conversation)) void this.#send(conversation, marks);
    }
  }

  async #send(conversation: string, marks: Marks): Promise<void> {
    this.#resting.add(conversation);
    this.#onTheWay += 1;
    this.#options.clock.after(SPACING, () => {
      this.#resting.delete(conversation);
      this.pump();
    });
    const { readN, deliveredN } = marks;
    const input = {
      conversation,
      ...(readN > 0 ? { readN } : {}),
      ...(deliveredN > readN ? { deliveredN } : {}),
    };
    try {
      const { self } = await this.#options.call('receipts.mark', input);
      this.#told(conversation, marks);
      this.#options.marked(conversation, self);
    } catch (error) {
      if (!mayRetry(error)) this.#told(conversation, marks);
    } finally {
      this.#onTheWay -= 1;
      this.pump();
    }
  }

  /** What was raised meanwhile stays. */
  #told(conversation: string, marks: Marks): void {
    if (this.#wanted.get(conversation) === marks) this.#wanted.delete(conversation);
  }
}
