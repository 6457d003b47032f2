import { expect, test } from 'bun:test';
import type { TimelineMessage } from '@inlay-im/client';
import { following, trackOf } from './tracks.ts';

const row = (n: number | null, kind: 'voice' | 'image', over: Partial<TimelineMessage> = {}) =>
  ({
    n,
    conversation: 'studio',
    sender: 'ben',
    played: false,
    body: { kind: 'media', text: null, items: [{ kind, file: `f${n}` }] },
    ...over,
  }) as unknown as TimelineMessage;

test('a voice message is a track once it is sent; fresh is what someone else said and I have not played', () => {
  expect(trackOf(row(4, 'voice'), 'ann')).toEqual({ conversation: 'studio', n: 4, file: 'f4', fresh: true });
  expect(trackOf(row(4, 'voice', { played: true }), 'ann')?.fresh).toBe(false);
  expect(trackOf(row(4, 'voice'), 'ben')?.fresh).toBe(false);
  expect(trackOf(row(null, 'voice'), 'ann')).toBeUndefined();
  expect(trackOf(row(4, 'image'), 'ann')).toBeUndefined();
  expect(trackOf(row(4, 'voice', { body: null }), 'ann')).toBeUndefined();
});

test('what follows is the next voice message, whatever stands between and in whatever order they are known', () => {
  const rows = [row(9, 'voice'), row(3, 'voice'), row(5, 'image'), row(7, 'voice')];
  expect(following(rows, 3, 'ann')?.n).toBe(7);
  expect(following(rows, 9, 'ann')).toBeUndefined();
});
