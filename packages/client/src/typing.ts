import { LIMITS } from '@inlay-im/protocol/rules';
import type { Clock } from './clock.ts';
import { Cell } from './store.ts';

/** While typing goes on it is said again after so many milliseconds. */
const RENEW = 3000;
/** Without a further key typing has stopped after so many milliseconds. */
const IDLE = 5000;
const NOBODY: readonly string[] = [];

/** Who types in one conversation, and whether I do. */
export class Typing {
  /** The others who type, in the order in which they began. */
  readonly people = new Cell<readonly string[]>(NOBODY);
  readonly #clock: Clock;
  readonly #say: (typing: boolean) => void;
  readonly #lapses = new Map<string, () => void>();
  #saidAt: number | undefined;
  #cancelIdle = () => {};

  /** `say` tells the node that I type or stopped. */
  constructor(clock: Clock, say: (typing: boolean) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  /** Someone else types or stopped; a mark that is not renewed lapses. */
  heard(user: string, typing: boolean): void {
    this.#lapses.get(user)?.();
    this.#lapses.delete(user);
    const people = this.people.get();
    if (!typing) {
      if (people.includes(user)) this.people.set(people.filter((other) => other !== user));
      return;
    }
    this.#lapses.set(
      user,
      this.#clock.after(LIMITS.typing, () => this.heard(user, false)),
    );
    if (!people.includes(user)) this.people.set([...people, user]);
  }

  /** I typed a key, or stopped. */
  set(typing: boolean): void {
    this.#cancelIdle();
    if (!typing) return this.#stop();
    this.#cancelIdle = this.#clock.after(IDLE, () => this.#stop());
    const now = this.#clock.now();
    if (this.#saidAt !== undefined && now - this.#saidAt < RENEW) return;
    this.#saidAt = now;
    this.#say(true);
  }

  /** My message was sent, which ends typing without a word. */
  sent(): void {
    this.#cancelIdle();
    this.#saidAt = undefined;
  }

  #stop(): void {
    if (this.#saidAt === undefined) return;
    this.#saidAt = undefined;
    this.#say(false);
  }
}
