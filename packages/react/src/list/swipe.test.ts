import { expect, test } from 'bun:test';
import { directionOf, isEnough, pulled, wayOf } from './swipe.ts';

test.each([
  [5, 0, undefined],
  [0, 11, undefined],
  [20, 3, 'across'],
  [-20, 12, 'across'],
  [-20, 14, 'along'],
  [3, 30, 'along'],
])('a finger that moved by %d and %d goes %p', (dx, dy, wanted) => {
  expect(directionOf(dx, dy)).toBe(wanted as 'across');
});

test('a row follows the finger, then with less and less, and never far', () => {
  expect([10, -10, 72].map(pulled)).toEqual([10, -10, 72]);
  expect(pulled(90)).toBeGreaterThan(72);
  expect(pulled(90)).toBeLessThan(90);
  expect([pulled(900), pulled(-900)]).toEqual([112, -112]);
});

test('letting go does something only from where it was shown', () => {
  expect([71, 72, -71, -72].map(isEnough)).toEqual([false, true, false, true]);
});

test('the ways follow the direction of the language', () => {
  expect([wayOf(10, false), wayOf(-10, false), wayOf(10, true), wayOf(-10, true)]).toEqual([
    'end',
    'start',
    'start',
    'end',
  ]);
});
