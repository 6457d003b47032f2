import { expect, test } from 'bun:test';
import { isPictureAddress } from './picture.ts';

test.each([
  ['https://example.com/ann.png', true],
  ['http://example.com/ann.png', false],
  ['javascript:alert(1)', false],
  ['data:image/png;base64,AAAA', false],
  ['example.com/ann.png', false],
  [`https://example.com/${'a'.repeat(2048)}`, false],
])('%.60s: %p', (text, may) => {
  expect(isPictureAddress(text)).toBe(may);
});
