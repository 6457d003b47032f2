import type { Clock } from '@inlay-im/client';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** One time for all devices, which stands still until it is moved. */
export class SimClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  /** Tokens of a real node end by its clock, so that this one starts where that is. */
  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Moves to the next timer that is due by `end` and runs it; where there is none, moves to `end`. */
  step(end: number): boolean {
    let due: Timer | undefined;
    for (const timer of this.#timers) if (due === undefined || timer.at < due.at) due = timer;
    if (due === undefined || due.at > end) {
      this.#now = Math.max(this.#now, end);
      return false;
    }
    this.#timers.delete(due);
    this.#now = Math.max(this.#now, due.at);
    due.run();
    return true;
  }

  /** A view of this clock whose timers end together, as those of a process do. */
  process(): { clock: Clock; kill(): void } {
    const cancels = new Set<() => void>();
    let alive = true;
    return {
      clock: {
        now: () => this.#now,
        after: (ms, run) => {
          if (!alive) return () => {};
          const cancel = this.after(ms, () => {
            cancels.delete(cancel);
            run();
          });
          cancels.add(cancel);
          return () => {
            cancels.delete(cancel);
            cancel();
          };
        },
      },
      kill() {
        alive = false;
        for (const cancel of cancels) cancel();
      },
    };
  }
}
