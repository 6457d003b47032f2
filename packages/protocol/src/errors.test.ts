import { describe, expect, test } from 'bun:test';
import { afterClose, CLOSE, type CloseReason, ERRORS, type ErrorCode, InlayError } from './errors.ts';
import { ERROR_MEANINGS } from './spec/error-meanings.ts';

describe('afterClose', () => {
  test.each([
    [4000, 'resume'],
    [4099, 'resume'],
    [4100, 'refresh'],
    [4199, 'refresh'],
    [4200, 'resume'],
    [4499, 'resume'],
    [4500, 'stop'],
    [4599, 'stop'],
    [4600, 'resume'],
    [1000, 'resume'],
    [1006, 'resume'],
  ] as const)('%d means %s', (code, action) => {
    expect(afterClose(code)).toBe(action);
  });

  test('every close code lies in the band of what it asks for', () => {
    const asked: Record<CloseReason, ReturnType<typeof afterClose>> = {
      resume: 'resume',
      stopping: 'resume',
      tooManyConnections: 'resume',
      tokenExpired: 'refresh',
      unauthenticated: 'stop',
      signedOut: 'stop',
      badFrame: 'stop',
      unsupportedVersion: 'stop',
    };
    for (const [reason, action] of Object.entries(asked)) {
      expect(afterClose(CLOSE[reason as CloseReason]), reason).toBe(action);
    }
  });
});

test.each(Object.keys(ERRORS) as ErrorCode[])('%s has a status of its kind and says what to do', (code) => {
  const { status, retry } = ERRORS[code];
  expect(status).toBeWithin(400, 600);
  if (retry) expect([429, 500, 503]).toContain(status);
  expect(ERROR_MEANINGS[code]).toEndWith('.');
});

test('an error on the wire has its details, and neither stack nor absent fields', () => {
  const error = new InlayError('rate_limited', 'Slow down.', { retryAfter: 50 });
  expect(error.toWire()).toEqual({ code: 'rate_limited', message: 'Slow down.', retryAfter: 50 });
  expect(Object.keys(new InlayError('not_found', 'No.').toWire())).toEqual(['code', 'message']);
  expect(error.retry).toBe(true);
});
