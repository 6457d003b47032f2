import { expect, test } from 'bun:test';
import { beginningOf } from './text-preview.tsx';

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;

test('a short text is shown whole, markup as the letters that it is made of', () => {
  expect(beginningOf(bytes('<b>你好</b>\n'))).toEqual({ text: '<b>你好</b>\n', cut: false });
});

test('of a long text its beginning, which is said', () => {
  expect(beginningOf(bytes('line\n'.repeat(200)))).toEqual({
    text: 'line\n'.repeat(60).trimEnd(),
    cut: true,
  });
  expect(beginningOf(bytes('a'.repeat(9000)))).toEqual({ text: 'a'.repeat(4000), cut: true });
});

test('what is no text is not shown', () => {
  expect(beginningOf(Uint8Array.from([0xff, 0xfe, 0x41]).buffer)).toBeUndefined();
  expect(beginningOf(bytes('PK\0\x03'))).toBeUndefined();
});
