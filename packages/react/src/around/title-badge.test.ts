import { expect, test } from 'bun:test';
import { badgeOf, titleWith } from './title-badge.ts';

test('the count stands before the title, takes the place of an earlier one, and goes', () => {
  expect(titleWith('Inlay', 3)).toBe('(3) Inlay');
  expect(titleWith('(3) Inlay', 12)).toBe('(12) Inlay');
  expect(titleWith('(999+) Inlay', 0)).toBe('Inlay');
  expect(titleWith('(999+) Inlay', 1000)).toBe('(999+) Inlay');
});

test('what a page calls itself stays as it is', () => {
  expect(titleWith('(draft) Notes', 2)).toBe('(2) (draft) Notes');
  expect(titleWith('(2) (draft) Notes', 0)).toBe('(draft) Notes');
});

test('the icon carries a count, a dot for what was marked by hand, or nothing', () => {
  const unread = { messages: 0, conversations: 0, mutedMessages: 7 };
  expect(badgeOf(unread)).toBeUndefined();
  expect(badgeOf({ ...unread, conversations: 1 })).toBe('');
  expect(badgeOf({ ...unread, messages: 4, conversations: 1 })).toBe('4');
  expect(badgeOf({ ...unread, messages: 100, conversations: 1 })).toBe('99+');
});
