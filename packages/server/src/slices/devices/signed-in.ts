import { LRUCache } from 'lru-cache';
import type { Db } from '../../db/database.ts';
import { readSignedIn } from './queries.ts';

/** For how long an answer is believed: bounds a lost hint from another node, in ms. */
export const SIGNED_IN_TTL = 60_000;
const DEVICES = 100_000;
/** How many devices one query asks for. */
const BATCH = 1000;

type State = { signedIn: boolean; at: number };
type Waiter = { resolve(signedIn: boolean): void; reject(error: unknown): void };

/**
 * Whether devices are signed in, from memory as a rule. Lookups that come together are one query, so that thousands
 * who reconnect at once cost next to nothing.
 */
export class SignedIn {
  readonly #db: Db;
  readonly #now: () => number;
  readonly #states = new LRUCache<string, State>({ max: DEVICES });
  #waiting = new Map<string, Waiter[]>();

  constructor(db: Db, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** What is known for sure enough; undefined: it has to be looked up. */
  known(device: string): boolean | undefined {
    const state = this.#states.get(device);
    if (state === undefined) return undefined;
    // A device never comes back, as a new sign-in is a new device.
    if (!state.signedIn) return false;
    return this.#now() - state.at < SIGNED_IN_TTL ? true : undefined;
  }

  async check(device: string): Promise<boolean> {
    return this.known(device) ?? (await this.#look(device));
  }

  added(device: string): void {
    this.#states.set(device, { signedIn: true, at: this.#now() });
  }

  removed(device: string): void {
    this.#states.set(device, { signedIn: false, at: this.#now() });
  }

  #look(device: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) setImmediate(() => void this.#flush());
      const waiters = this.#waiting.get(device);
      if (waiters === undefined) this.#waiting.set(device, [{ resolve, reject }]);
      else waiters.push({ resolve, reject });
    });
  }

  async #flush(): Promise<void> {
    const all = [...this.#waiting];
    this.#waiting = new Map();
    for (let i = 0; i < all.length; i += BATCH) await this.#read(new Map(all.slice(i, i + BATCH)));
  }

  async #read(batch: ReadonlyMap<string, Waiter[]>): Promise<void> {
    const at = this.#now();
    try {
      const there = await readSignedIn(this.#db, [...batch.keys()]);
      for (const [device, waiters] of batch) {
        // Signed out while the query was under way: that is the newer truth.
        const signedIn = there.has(device) && this.#states.peek(device)?.signedIn !== false;
        this.#states.set(device, { signedIn, at });
        for (const { resolve } of waiters) resolve(signedIn);
      }
    } catch (error) {
      for (const waiters of batch.values()) for (const { reject } of waiters) reject(error);
    }
  }
}
