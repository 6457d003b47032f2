import { LRUCache } from 'lru-cache';

export interface FreshCacheOptions<V> {
  /** How many values are kept; the one unused longest goes. */
  keys: number;
  /** Milliseconds for which a value may be old. */
  ttl: number;
  now: () => number;
  /** Undefined where there is no such thing, which is remembered too. */
  load(key: string): Promise<V | undefined>;
}

/** Values that others may change: looked up again when they are older than a bound, once for all who wait. */
export class FreshCache<V> {
  readonly #options: FreshCacheOptions<V>;
  readonly #entries: LRUCache<string, { at: number; value: Promise<V | undefined> }>;

  constructor(options: FreshCacheOptions<V>) {
    this.#options = options;
    this.#entries = new LRUCache({ max: options.keys });
  }

  get(key: string): Promise<V | undefined> {
    const { now, ttl, load } = this.#options;
    const at = now();
    const held = this.#entries.get(key);
    if (held !== undefined && at - held.at < ttl) return held.value;
    const entry = { at, value: load(key) };
    this.#entries.set(key, entry);
    // A failure is told to those who wait for it, and tried again by the next.
    entry.value.catch(() => {
      if (this.#entries.peek(key) === entry) this.#entries.delete(key);
    });
    return entry.value;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}
