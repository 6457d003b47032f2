import { InlayError } from '@inlay-im/protocol';

export interface SlotsOptions {
  /** How many tasks run at the same time. */
  atOnce: number;
  /** How many may wait for that; further ones are refused. */
  waiting: number;
}

/** Milliseconds after which someone who was refused may try again. */
const RETRY_AFTER = 2000;

/** Bounds how many tasks run at once, and how many wait. */
export class Slots {
  readonly #options: SlotsOptions;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(options: SlotsOptions) {
    this.#options = options;
  }

  /** Runs the task in its turn. Throws `busy` when too many wait already. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.#options.atOnce) this.#running++;
    else if (this.#queue.length < this.#options.waiting) {
      // Whoever ends hands its slot on.
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else {
      throw new InlayError('busy', 'The node has too much of this to do just now; try again soon.', {
        retryAfter: RETRY_AFTER,
      });
    }
    try {
      return await task();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
