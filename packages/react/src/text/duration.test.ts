import { expect, test } from 'bun:test';
import { durationText } from './duration.ts';

test.each([
  [0, '0:00'],
  [7999, '0:07'],
  [750_000, '12:30'],
  [3_723_000, '1:02:03'],
])('%d ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
