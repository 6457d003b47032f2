import { describe, expect, test } from 'bun:test';
import { unreadCount, visibleAfter } from './unread.ts';

const marks = { readN: 0, clearedN: 0, joinedN: 0, ownN: 0 };

describe('unread', () => {
  test('counts everything to someone who was there from the start and never read', () => {
    expect(unreadCount(7, marks)).toBe(7);
  });

  test.each(['readN', 'clearedN', 'joinedN', 'ownN'] as const)(
    'counts from %s when that is the highest mark',
    (mark) => {
      expect(unreadCount(10, { ...marks, readN: 2, clearedN: 1, [mark]: 6 })).toBe(4);
    },
  );

  test('is never below zero, as a mark may arrive before the message', () => {
    expect(unreadCount(3, { ...marks, readN: 5 })).toBe(0);
  });
});

describe('visible', () => {
  test('from the start, nothing but what was cleared is hidden', () => {
    expect(visibleAfter('start', { clearedN: 2, joinedN: 9 })).toBe(2);
  });

  test('from joining, the higher of cleared and joined hides', () => {
    expect(visibleAfter('joined', { clearedN: 2, joinedN: 9 })).toBe(9);
    expect(visibleAfter('joined', { clearedN: 12, joinedN: 9 })).toBe(12);
  });
});
