/**
 * First come, first served locks by key within one process. They keep what one node publishes in the order in which
 * it was committed, and spare PostgreSQL from queueing transactions on a row lock. Across nodes the row lock decides.
 */
export class KeyedLock {
  /** A key is held while it is here; the list holds who waits for it. */
  readonly #held = new Map<string, (() => void)[]>();

  /** Takes a key if nobody holds it. */
  tryAcquire(key: string): boolean {
    if (this.#held.has(key)) return false;
    this.#held.set(key, []);
    return true;
  }

  /** Takes a key once its turn comes. */
  acquire(key: string): Promise<void> {
    const waiting = this.#held.get(key);
    if (waiting === undefined) {
      this.#held.set(key, []);
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  /** Passes the key on to who waits longest. */
  release(key: string): void {
    const next = this.#held.get(key)?.shift();
    if (next === undefined) this.#held.delete(key);
    else next();
  }

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    await this.acquire(key);
    try {
      return await task();
    } finally {
      this.release(key);
    }
  }
}
