import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { LIMITS } from '../limits.ts';
import { directId, directPeople, isConversationId, isDirectId, isUserId } from './ids.ts';

const ALPHABET = [...'abyzABYZ0189_.:@|+=~-'];
const userId = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 1, maxLength: LIMITS.userId });

describe('user ids', () => {
  test('have 1 to 64 of the allowed characters', () => {
    expect(isUserId('')).toBe(false);
    expect(isUserId('a'.repeat(64))).toBe(true);
    expect(isUserId('a'.repeat(65))).toBe(false);
    expect(isUserId('A.b:c@d|e+f=g~h-i_0')).toBe(true);
  });

  test.each([',', ' ', '/', 'é', '\n', 'a\n'])('do not take %j', (id) => {
    expect(isUserId(id)).toBe(false);
  });
});

test('conversation ids take the comma and 160 characters', () => {
  expect(isConversationId('a,b')).toBe(true);
  expect(isConversationId('a'.repeat(160))).toBe(true);
  expect(isConversationId('a'.repeat(161))).toBe(false);
  expect(isConversationId('')).toBe(false);
});

describe('direct ids', () => {
  test('are the same whichever side asks, and give both people back', () => {
    fc.assert(
      fc.property(userId, userId, (a, b) => {
        const id = directId(a, b);
        expect(directId(b, a)).toBe(id);
        expect(isDirectId(id)).toBe(true);
        expect(isConversationId(id)).toBe(true);
        expect(directPeople(id)).toEqual(a < b ? [a, b] : [b, a]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('may be of one person alone', () => {
    expect(directPeople(directId('ada', 'ada'))).toEqual(['ada', 'ada']);
  });

  test.each([
    'direct:ben,ada',
    'direct:ada',
    'direct:,ada',
    'direct:ada,',
    'direct:ada,ben,cy',
    'ada,ben',
    'Direct:ada,ben',
    '',
  ])('%j is none of the canonical form', (id) => {
    expect(directPeople(id)).toBeUndefined();
  });
});
