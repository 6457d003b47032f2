import { expect, test } from 'bun:test';
import { COLUMNS, moved } from './place.ts';

/** Recent ones, none of a category, 20 of another: rows of 8, 8 and 4. */
const COUNTS = [5, 0, 20];

test.each([
  ['ArrowRight', [0, 1], [0, 2]],
  ['ArrowRight', [0, 4], [2, 0]],
  ['ArrowRight', [2, 19], undefined],
  ['ArrowLeft', [2, 0], [0, 4]],
  ['ArrowLeft', [0, 0], undefined],
  ['ArrowDown', [0, 3], [2, 3]],
  ['ArrowDown', [2, 1], [2, 9]],
  ['ArrowDown', [2, 15], [2, 19]],
  ['ArrowDown', [2, 17], undefined],
  ['ArrowUp', [2, 17], [2, 9]],
  ['ArrowUp', [2, 7], [0, 4]],
  ['ArrowUp', [0, 2], undefined],
  ['Home', [2, 13], [2, 8]],
  ['End', [2, 9], [2, 15]],
  ['End', [2, 17], [2, 19]],
  ['PageDown', [0, 3], [2, 0]],
  ['PageUp', [2, 13], [0, 0]],
  ['a', [0, 0], undefined],
] as [string, [number, number], [number, number] | undefined][])(
  '%s from %p leads to %p',
  (key, from, to) => {
    const place = moved(COUNTS, { section: from[0], index: from[1] }, key);
    expect(place).toEqual(to && { section: to[0], index: to[1] });
  },
);

test('from right to left, left is onwards', () => {
  expect(moved(COUNTS, { section: 0, index: 1 }, 'ArrowLeft', { rtl: true })).toEqual({
    section: 0,
    index: 2,
  });
  expect(moved(COUNTS, { section: 0, index: 1 }, 'ArrowRight', { rtl: true })).toEqual({
    section: 0,
    index: 0,
  });
});

test('in rows of four, down is four on', () => {
  expect(moved([6], { section: 0, index: 1 }, 'ArrowDown', { columns: 4 })).toEqual({ section: 0, index: 5 });
});

test('down and up lead back to the same cell', () => {
  for (let index = 0; index + COLUMNS < 16; index += 1) {
    const down = moved(COUNTS, { section: 2, index }, 'ArrowDown');
    expect(down && moved(COUNTS, down, 'ArrowUp')).toEqual({ section: 2, index });
  }
});
