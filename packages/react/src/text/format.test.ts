import { expect, test } from 'bun:test';
import { ago, colourOf, day, initials, when } from './format.ts';

const at = (text: string): number => new Date(text).getTime();
const now = at('2026-03-30T12:00:00');

test('a day is named by how far it lies back, across a change of clocks too', () => {
  expect(day('en', at('2026-03-30T00:01:00'), now)).toBe('Today');
  expect(day('en', at('2026-03-29T23:59:00'), now)).toBe('Yesterday');
  expect(day('zh-CN', at('2026-03-29T23:59:00'), now)).toBe('昨天');
  expect(day('en', at('2026-03-02T10:00:00'), now)).toContain('March');
  expect(day('en', at('2026-03-02T10:00:00'), now)).not.toContain('2026');
  expect(day('en', at('2025-12-31T10:00:00'), now)).toContain('2025');
});

test('a row of the list shows the time today, then the day, then the date', () => {
  expect(when('en', at('2026-03-30T09:05:00'), now)).toContain('9:05');
  expect(when('en', at('2026-03-29T09:05:00'), now)).toBe('Yesterday');
  expect(when('en', at('2026-03-26T09:05:00'), now)).toBe('Thu');
  expect(when('en', at('2026-01-26T09:05:00'), now)).toMatch(/26/);
  expect(when('en', now + 5000, now)).toContain('12:00');
});

test('how long ago, never in the future', () => {
  expect(ago('en', now - 5 * 60_000, now)).toBe('5 minutes ago');
  expect(ago('en', now + 60_000, now)).toBe('this minute');
  expect(ago('zh-CN', now - 3 * 3600_000, now)).toBe('3小时前');
});

test('initials', () => {
  expect(['Ann Baker', 'ben', '王芳', '欧阳娜娜', '👩‍👩‍👧 Family', ' '].map(initials)).toEqual([
    'AB',
    'B',
    '王芳',
    '娜娜',
    '👩‍👩‍👧F',
    '',
  ]);
});

test('a colour stays with its id', () => {
  expect(colourOf('ann', 8)).toBe(colourOf('ann', 8));
  expect(
    new Set(['ann', 'ben', 'carla', 'li', 'wang', 'x', 'y'].map((id) => colourOf(id, 8))).size,
  ).toBeGreaterThan(3);
});
