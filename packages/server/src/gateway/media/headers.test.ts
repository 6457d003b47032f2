import { expect, test } from 'bun:test';
import { disposition, rangeOf } from './headers.ts';

test('a name is said twice: for those who read RFC 8187, and for those who do not', () => {
  expect(disposition('attachment', 'plain.txt')).toBe(
    `attachment; filename="plain.txt"; filename*=UTF-8''plain.txt`,
  );
  expect(disposition('inline', 'a"b\\c%d.txt')).toBe(
    `inline; filename="a_b_c_d.txt"; filename*=UTF-8''a%22b%5Cc%25d.txt`,
  );
  expect(disposition('inline', "it's (1)*.txt")).toBe(
    `inline; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`,
  );
  expect(disposition('inline', '文件🐈.txt')).toBe(
    `inline; filename="___.txt"; filename*=UTF-8''%E6%96%87%E4%BB%B6%F0%9F%90%88.txt`,
  );
});

test('a range is one range of bytes, or none', () => {
  expect(rangeOf('bytes=0-9', 100)).toEqual({ start: 0, end: 10 });
  expect(rangeOf('Bytes= 5 - ', 100)).toEqual({ start: 5, end: 100 });
  expect(rangeOf('bytes=-10', 100)).toEqual({ start: 90, end: 100 });
  expect(rangeOf('bytes=-10', 0)).toBeNull();
  expect(rangeOf('bytes=100-', 100)).toBeNull();
  for (const none of [undefined, '', 'bytes=-', 'bytes=9-1', 'bytes=1-2,4-5', 'bytes=1e3-', 'items=0-1']) {
    expect(rangeOf(none, 100)).toBeUndefined();
  }
});
