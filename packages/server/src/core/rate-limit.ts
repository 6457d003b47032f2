import { InlayError } from '@inlay-im/protocol';
import { LRUCache } from 'lru-cache';

export interface BucketOptions {
  /** What may come at once. */
  capacity: number;
  /** Milliseconds in which one token comes back. */
  interval: number;
  /** How many keys are remembered; the one unused longest is forgotten, and so starts full again. */
  keys: number;
  now: () => number;
}

/**
 * Token buckets by key (an address, a name), in this node's memory. They bound what one node lets through; what must
 * hold across nodes and restarts is counted in the database.
 */
export class TokenBuckets {
  readonly #options: BucketOptions;
  readonly #buckets: LRUCache<string, { tokens: number; at: number }>;

  constructor(options: BucketOptions) {
    this.#options = options;
    this.#buckets = new LRUCache({ max: options.keys });
  }

  /** Takes one token. Gives 0, or the milliseconds until there is one, in which case nothing was taken. */
  take(key: string): number {
    const { capacity, interval, now } = this.#options;
    const at = now();
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, at };
    bucket.tokens = Math.min(capacity, bucket.tokens + (at - bucket.at) / interval);
    bucket.at = at;
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) * interval);
    bucket.tokens--;
    return 0;
  }

  /** Gives a token back that turned out not to count. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) bucket.tokens = Math.min(this.#options.capacity, bucket.tokens + 1);
  }
}

const rateLimited = (retryAfter: number): InlayError =>
  new InlayError('rate_limited', 'Too many attempts; wait before the next.', { retryAfter });

/** Throws `rate_limited` unless the wait is 0. */
export function checkWait(wait: number): void {
  if (wait > 0) throw rateLimited(wait);
}

/** The 8 groups of an IPv6 address, of which `::` leaves zeros out. */
function groups(address: string): string[] {
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
}

/**
 * Whom a network address stands for: one IPv4 address, or the /64 that a customer is given of IPv6 (RFC 6177), within
 * which a new address costs nothing.
 */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  return address.includes(':') ? `${groups(address.toLowerCase()).slice(0, 4).join(':')}::/64` : address;
}
