import { expect, test } from 'bun:test';
import { barPlace } from './bar-place.ts';

const list = { top: 100, bottom: 700, left: 50, right: 650 };
const bubble = { top: 300, bottom: 330, left: 90, right: 400 };

test('the bar stands beside a bubble, towards the middle, level with one line of it', () => {
  expect(barPlace(bubble, list, false)).toEqual({ side: 'right', top: 215, left: 356 });
  const own = { ...bubble, left: 400, right: 650, bottom: 500 };
  expect(barPlace(own, list, true)).toEqual({ side: 'left', top: 222, left: 344 });
});

test('a bubble that leaves no room has it over its upper edge', () => {
  expect(barPlace({ ...bubble, right: 600 }, list, false)).toEqual({ side: 'over', top: 200, left: 544 });
  expect(barPlace({ ...bubble, left: 100, right: 650 }, list, true).side).toBe('over');
});
