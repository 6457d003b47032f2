import { expect, test } from 'bun:test';
import { authOperations } from '@inlay-im/protocol';
import { addressOf, codeIn, isUsername } from './checks.ts';

test.each([
  ['ann@example.com', { channel: 'email', email: 'ann@example.com' }],
  [' ann＠example.com ', { channel: 'email', email: 'ann@example.com' }],
  ['+49 (170) 123-4567', { channel: 'phone', phone: '+491701234567' }],
  ['0049 170.1234567', { channel: 'phone', phone: '+491701234567' }],
  ['＋８６ 138 0013 8000', { channel: 'phone', phone: '+8613800138000' }],
] as const)('%s is where a code may go', (text, address) => {
  expect(addressOf(text)).toEqual(address);
});

test.each(['', 'ann', '13800138000', 'ann@', 'ann@example', 'a b@example.com', '+12'])(
  '“%s” is neither a number with its country nor an address',
  (text) => {
    expect(addressOf(text)).toBeUndefined();
  },
);

test.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  [' 123-456 ', '123456'],
  ['１２３４５６', '123456'],
  ['Your Inlay code is 482913. It holds for 10 minutes.', '482913'],
  ['【Inlay】验证码：482 913，10 分钟内有效。', '482913'],
  ['12', '12'],
  ['12ab34', '1234'],
  ['1234567', '123456'],
])('%p holds the code %s', (text, code) => {
  expect(codeIn(text)).toBe(code);
});

test.each(['ann', 'Ann.Baker_2', 'a1', 'a', '-ann', 'an n', '王芳', 'x'.repeat(32), 'x'.repeat(33)])(
  '%s is a user name here as it is for the node',
  (text) => {
    const { success } = authOperations['auth.signUp'].input.safeParse({
      username: text,
      password: 'long enough',
    });
    expect(isUsername(text)).toBe(success);
  },
);
