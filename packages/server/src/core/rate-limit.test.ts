import { expect, test } from 'bun:test';
import { addressKey, TokenBuckets } from './rate-limit.ts';

test('lets a burst through, then one at a time as tokens come back', () => {
  let now = 0;
  const buckets = new TokenBuckets({ capacity: 3, interval: 100, keys: 10, now: () => now });
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 100]);
  now = 60;
  expect(buckets.take('a')).toBe(40);
  now = 100;
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 100]);
  expect(buckets.take('b')).toBe(0);
  now = 100_000;
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 100]);
});

test('what is given back does not count, and never makes more than the burst', () => {
  const buckets = new TokenBuckets({ capacity: 1, interval: 100, keys: 10, now: () => 0 });
  for (let i = 0; i < 5; i++) {
    expect(buckets.take('a')).toBe(0);
    buckets.giveBack('a');
  }
  buckets.giveBack('a');
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 100]);
});

test('remembers no more keys than it may', () => {
  const buckets = new TokenBuckets({ capacity: 1, interval: 100, keys: 2, now: () => 0 });
  for (const key of ['a', 'b', 'c']) buckets.take(key);
  expect([buckets.take('c'), buckets.take('a')]).toEqual([100, 0]);
});

test('an IPv6 customer is one, whichever of their addresses they use', () => {
  const same = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:0:0:9', '2001:DB8:1:2:3:4:5:6'];
  expect(new Set(same.map(addressKey)).size).toBe(1);
  expect(addressKey('2001:db8:1:3::1')).not.toBe(addressKey('2001:db8:1:2::1'));
  expect(addressKey('2001:db8::1')).toBe(addressKey('2001:db8:0:0::2'));
  expect(addressKey('::1')).toBe('0:0:0:0::/64');
  expect(addressKey('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(addressKey('192.0.2.7')).toBe('192.0.2.7');
});
