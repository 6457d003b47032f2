import { expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol/rules';
import { MOST, sift } from './sift.ts';

const file = (name: string, size: number) => ({ name, size });

test('what is as large as a file may be is taken, what is larger or empty is not', () => {
  const most = file('most', LIMITS.fileBytes);
  const { taken, refused } = sift([file('large', LIMITS.fileBytes + 1), most, file('none', 0)]);
  expect(taken).toEqual([most]);
  expect(refused).toEqual([
    { why: 'large', names: ['large'] },
    { why: 'empty', names: ['none'] },
  ]);
});

test('with those that were taken before there are no more than so many', () => {
  const { taken, refused } = sift([file('a', 1), file('b', 1), file('c', 1)], MOST - 1);
  expect(taken.map(({ name }) => name)).toEqual(['a']);
  expect(refused).toEqual([{ why: 'many', names: ['b', 'c'] }]);
});
