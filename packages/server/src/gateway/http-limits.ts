import { InlayError } from '@inlay-im/protocol';
import type { Caller } from '../core/caller.ts';
import { addressKey, TokenBuckets } from '../core/rate-limit.ts';

/** A backend speaks for all its people at once. */
const BACKEND_FACTOR = 50;
const KEYS = 100_000;

/** Bounds requests over HTTP: by person, by backend, and by address for those who are nobody yet. */
export function createHttpLimits(opsPerSecond: number, now: () => number) {
  const buckets = (perSecond: number) =>
    new TokenBuckets({ capacity: perSecond * 2, interval: 1000 / perSecond, keys: KEYS, now });
  const people = buckets(opsPerSecond);
  const backends = buckets(opsPerSecond * BACKEND_FACTOR);
  const addresses = buckets(opsPerSecond);
  function take({ app, user, scopes, address }: Caller): number {
    if (scopes !== null) return backends.take(String(app.pk));
    if (user !== null) return people.take(`${app.pk} ${user}`);
    return addresses.take(addressKey(address));
  }
  return (caller: Caller): void => {
    const wait = take(caller);
    if (wait > 0)
      throw new InlayError('rate_limited', `At most ${opsPerSecond} requests a second.`, {
        retryAfter: wait,
      });
  };
}
