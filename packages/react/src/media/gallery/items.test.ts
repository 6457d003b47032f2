import { expect, test } from 'bun:test';
import type { TimelineMessage } from '@inlay-im/client';
import { itemsOf, successor, withOpened } from './items.ts';

const row = (n: number | null, ...files: string[]) =>
  ({
    key: `m${n}`,
    n,
    body: {
      kind: 'media',
      items: files.map((file) => ({ file, kind: file.startsWith('doc') ? 'file' : 'image' })),
    },
  }) as unknown as TimelineMessage;
const files = (all: ReturnType<typeof itemsOf>) => all.map(({ item }) => item.file);

const shared = [row(9, 'd'), row(5, 'b', 'doc', 'c')];

test('all images and videos, oldest first, an album in its own order', () => {
  expect(files(itemsOf(shared))).toEqual(['b', 'c', 'd']);
});

test('what was opened is there before older pages are, and before it is sent', () => {
  expect(files(withOpened(shared, row(2, 'a'), false))).toEqual(['a', 'b', 'c', 'd']);
  expect(files(withOpened(shared, row(5, 'b', 'doc', 'c'), false))).toEqual(['b', 'c', 'd']);
  expect(files(withOpened(shared, row(null, 'e'), true))).toEqual(['b', 'c', 'd', 'e']);
  expect(files(withOpened([], row(2, 'a'), false))).toEqual(['a']);
});

test('what was opened and is not among all that there is was taken back', () => {
  expect(files(withOpened(shared, row(2, 'a'), true))).toEqual(['b', 'c', 'd']);
});

test('after one that is gone the next is looked at, at the end the one before', () => {
  const before = itemsOf(shared);
  const without = (...gone: string[]) => before.filter(({ item }) => !gone.includes(item.file));
  expect(successor(before, 'm5 c', without('c'))).toBe('m9 d');
  expect(successor(before, 'm9 d', without('d'))).toBe('m5 c');
  expect(successor(before, 'm5 b', without('b', 'c'))).toBe('m9 d');
  expect(successor(before, 'm9 d', [])).toBeUndefined();
});
