import { expect, test } from 'bun:test';
import { InlayError } from '@inlay-im/client';
import { signToken } from '@inlay-im/token';
import { firstToken, subjectOf } from './host-token.ts';

test('a token says who it is for, in any script', async () => {
  expect(subjectOf(await signToken({ user: 'user:42', secret: 's' }))).toBe('user:42');
  const claims = btoa(String.fromCharCode(...new TextEncoder().encode('{"sub":"王芳"}')));
  expect(subjectOf(`x.${claims}.y`)).toBe('王芳');
});

test.each(['', 'abc', 'a.b.c', `x.${btoa('{"sub":7}')}.y`, `x.${btoa('null')}.y`])(
  '%p says nobody',
  (text) => {
    expect(subjectOf(text)).toBeUndefined();
  },
);

test('nobody is signed in: that is not asked again', async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    throw new InlayError('wrong_credentials', 'nobody');
  };
  expect(await firstToken(ask, new AbortController().signal)).toBeUndefined();
  expect(asked).toBe(1);
});

test('a backend that cannot be reached is asked until the element goes', async () => {
  const over = new AbortController();
  const ask = async () => {
    over.abort();
    throw new TypeError('Failed to fetch');
  };
  expect(await firstToken(ask, over.signal)).toBeUndefined();
});
