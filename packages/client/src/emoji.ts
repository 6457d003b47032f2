import type { CustomEmoji } from '@inlay-im/protocol';
import type { Clock } from './clock.ts';
import type { Call } from './connection/link.ts';
import { Cell, type Store } from './store.ts';

/** The app's own emoji by their names. */
export type EmojiByName = ReadonlyMap<string, CustomEmoji>;

export interface AppEmojiOptions {
  readonly call: Call;
  readonly clock: Clock;
  up(): boolean;
}

const NONE: EmojiByName = new Map();
/** Milliseconds before they are asked for again because of a name that none of them has. */
const AGAIN = 30_000;

/** The app's own emoji: fetched when the first of them is to be shown, and anew with each session. */
export class AppEmoji {
  readonly #options: AppEmojiOptions;
  readonly #all: Cell<EmojiByName>;
  #wanted = false;
  #asking = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(options: AppEmojiOptions) {
    this.#options = options;
    this.#all = new Cell(NONE, { first: () => this.#want() });
  }

  get all(): Store<EmojiByName> {
    return this.#all;
  }

  /** Somebody uses a name that is not among them: it may have been published meanwhile. */
  misses(name: string): void {
    const { clock } = this.#options;
    if (!this.#all.get().has(name) && clock.now() - this.#askedAt >= AGAIN) this.#ask();
  }

  /** A session opened. */
  pump(): void {
    if (this.#wanted) this.#ask();
  }

  clear(): void {
    this.#all.set(NONE);
    this.#wanted = this.#all.watched;
    this.#askedAt = Number.NEGATIVE_INFINITY;
  }

  #want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#ask();
  }

  #ask(): void {
    const { call, clock, up } = this.#options;
    if (this.#asking || !up()) return;
    this.#asking = true;
    this.#askedAt = clock.now();
    call('emoji.list', {})
      .then(({ emoji }) => this.#all.set(new Map(emoji.map((one) => [one.name, one]))))
      // The next session asks again.
      .catch(() => {})
      .finally(() => {
        this.#asking = false;
      });
  }
}
