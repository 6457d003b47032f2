import { expect, test } from 'bun:test';
import { PictureUrl } from '../entities/common.ts';
import { avatarFile, avatarPath, avatarSize } from './avatars.ts';

const FILE = '019b0000-0000-7000-8000-000000000001';

test.each([
  ['https://example.com/a.png', true],
  ['http://example.com/a.png', true],
  [`/avatars/${FILE}`, true],
  [`/avatars/${FILE}/64`, false],
  [`/avatars/${FILE}?x`, false],
  [`/avatars/${FILE.toUpperCase()}`, false],
  ['/avatars/019b0000-0000-4000-8000-000000000001', false],
  ['/avatars/', false],
  ['//example.com/a.png', false],
  ['javascript:alert(1)', false],
  ['data:image/png;base64,AAAA', false],
])('%s: %p', (picture, may) => {
  expect(PictureUrl.safeParse(picture).success).toBe(may);
});

test('the file of a path, and the path of a file', () => {
  expect(avatarFile(avatarPath(FILE))).toBe(FILE);
  expect([avatarFile('https://example.com/a.png'), avatarFile(null), avatarFile(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  [1, 64],
  [64, 64],
  [65, 128],
  [400, 512],
  [4000, 512],
])('%i pixels are filled by a square of %i', (pixels, size) => {
  expect<number>(avatarSize(pixels)).toBe(size);
});
