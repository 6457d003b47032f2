/** Sign-ins that together leave enough behind to be worth a collection. */
const MANY = 500;
/** How long no one may have signed in, in ms: a collection in the middle of a storm would only slow it down. */
const QUIET = 3000;

/**
 * Gives memory back after a storm. Every sign-in reads a page of conversations, and what ten thousand of them leave
 * behind would stay with the process until it happens to need it. Once they have stopped coming, it is collected.
 */
export class AfterStorm {
  #collectedAt = 0;
  #signIns = 0;
  #lastAt = 0;
  readonly #collect: () => void;

  constructor(collect: () => void) {
    this.#collect = collect;
  }

  /** To be called every second or so with how many have signed in since the start. */
  look(now: number, signIns: number): void {
    if (signIns !== this.#signIns) {
      this.#signIns = signIns;
      this.#lastAt = now;
    }
    if (signIns - this.#collectedAt < MANY || now - this.#lastAt < QUIET) return;
    this.#collectedAt = signIns;
    this.#collect();
  }
}
