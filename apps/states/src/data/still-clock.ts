import type { Clock } from '@inlay-im/client';

/** A clock whose timers end when it is stopped: what lapses by itself, as someone's typing, then stays to be looked at. */
export class StillClock implements Clock {
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #stopped = false;

  now(): number {
    return Date.now();
  }

  after(ms: number, run: () => void): () => void {
    if (this.#stopped) return () => {};
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
