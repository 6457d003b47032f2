import { InlayError } from '@inlay-im/protocol';
import { addressKey, checkWait, TokenBuckets } from '../../core/rate-limit.ts';

const MINUTE = 60_000;
const ADDRESSES = 100_000;

/** What one network address may do; a whole office may share one. Burst, and ms until one more. */
export const ADDRESS_LIMITS = {
  /** Wrong passwords and codes. */
  guesses: { capacity: 60, interval: 15_000 },
  /** New accounts and guests. */
  newcomers: { capacity: 200, interval: 1_000 },
  /** One-time codes asked for, each of which costs money. */
  codes: { capacity: 20, interval: 3 * MINUTE },
} as const;

const isWrongGuess = (error: unknown): boolean =>
  error instanceof InlayError && (error.code === 'wrong_credentials' || error.code === 'rate_limited');

/** Bounds per network address, against guessing and against filling the database. */
export class AddressLimits {
  readonly #buckets: Record<keyof typeof ADDRESS_LIMITS, TokenBuckets>;

  constructor(now: () => number) {
    const of = (name: keyof typeof ADDRESS_LIMITS) =>
      new TokenBuckets({ ...ADDRESS_LIMITS[name], keys: ADDRESSES, now });
    this.#buckets = { guesses: of('guesses'), newcomers: of('newcomers'), codes: of('codes') };
  }

  /** Throws `rate_limited`. */
  take(what: keyof typeof ADDRESS_LIMITS, address: string): void {
    checkWait(this.#buckets[what].take(addressKey(address)));
  }

  /**
   * Runs one guess, which counts unless it is right. It is counted first, so that many at the same time are not more
   * than the bound. Throws `rate_limited`, and what the guess throws.
   */
  async guess<T>(address: string, run: () => Promise<T>): Promise<T> {
    this.take('guesses', address);
    try {
      const result = await run();
      this.#buckets.guesses.giveBack(addressKey(address));
      return result;
    } catch (error) {
      if (!isWrongGuess(error)) this.#buckets.guesses.giveBack(addressKey(address));
      throw error;
    }
  }
}
