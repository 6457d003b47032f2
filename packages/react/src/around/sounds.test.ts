import { expect, test } from 'bun:test';
import { mayRing, PAUSE } from './sounds.ts';

test('sounds keep their distance', () => {
  expect(mayRing(undefined, 0)).toBe(true);
  expect(mayRing(1000, 1000 + PAUSE - 1)).toBe(false);
  expect(mayRing(1000, 1000 + PAUSE)).toBe(true);
});
