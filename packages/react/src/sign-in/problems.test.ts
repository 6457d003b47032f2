import { expect, test } from 'bun:test';
import { InlayError } from '@inlay-im/client';
import { translator } from '../i18n/index.ts';
import { problemsOf } from './problems.ts';

const around = (fields: readonly string[], refused?: string) => ({
  t: translator('en'),
  locale: 'en',
  fields,
  refused,
});

test('what the node says of a field stands at the field, whatever the wire calls it', () => {
  const bad = (field: string) => new InlayError('invalid_input', 'No.', { field });
  expect(problemsOf(bad('to.phone'), around(['address']))).toEqual({ address: expect.any(String) });
  expect(problemsOf(bad('username'), around(['username', 'password']))).toEqual({
    username: expect.any(String),
  });
  expect(problemsOf(bad('device'), around(['username']))).toEqual({ '': expect.any(String) });
});

test('a way that the node refuses says what to do instead', () => {
  const forbidden = new InlayError('forbidden', 'No guests.');
  expect(problemsOf(forbidden, around([], 'Make an account.'))).toEqual({ '': 'Make an account.' });
  expect(problemsOf(forbidden, around([]))).toEqual({ '': 'You may not do that here.' });
});

test('too many attempts: how long to wait, in seconds or minutes', () => {
  const wait = (retryAfter: number) => new InlayError('rate_limited', 'Wait.', { retryAfter });
  expect(problemsOf(wait(41_200), around([]))['']).toContain('in 42 seconds');
  expect(problemsOf(wait(600_000), around([]))['']).toContain('in 10 minutes');
});

test('no answer at all is the network', () => {
  expect(problemsOf(new TypeError('fetch failed'), around([]))['']).toContain('cannot be reached');
});
