import { expect, test } from 'bun:test';
import { sizeText } from './size.ts';

test.each([
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [300 * 1024, '300 kB'],
  [1024 ** 2, '1 MB'],
  [1.44 * 1024 ** 2, '1.4 MB'],
  [25.4 * 1024 ** 2, '25 MB'],
  [2 * 1024 ** 3, '2 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText('en', bytes)).toBe(text);
});

test('as the language writes it', () => {
  expect(sizeText('de', 1.44 * 1024 ** 2)).toBe('1,4 MB');
});
