import { LRUCache } from 'lru-cache';

const MINUTE = 60_000;

/** Whether something of an id, which may come many times a second, is to be written down: at most once a minute. */
export class OnceAMinute {
  readonly #noted: LRUCache<string, number>;

  constructor(ids: number) {
    this.#noted = new LRUCache({ max: ids });
  }

  /** True for the first call in a minute. */
  due(id: string, now: number): boolean {
    const last = this.#noted.get(id);
    if (last !== undefined && now - last < MINUTE) return false;
    this.#noted.set(id, now);
    return true;
  }
}
