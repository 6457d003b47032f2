import { describe, expect, test } from 'bun:test';
import type { TimelineMessage } from '@inlay-im/client';
import { follows, standingOf } from './grouping.ts';

const AT = new Date('2026-03-10T12:00:00').getTime();
const said = (n: number, sender: string, at = AT): TimelineMessage =>
  ({ n, sender, at, body: { kind: 'text', text: 'x' } }) as TimelineMessage;
const system = (n: number): TimelineMessage =>
  ({ n, sender: null, at: AT, body: { kind: 'system', event: 'created' } }) as unknown as TimelineMessage;

describe('a group of messages', () => {
  test('is of one person, soon after one another', () => {
    expect(follows(said(2, 'ann', AT + 60_000), said(1, 'ann'))).toBe(true);
    expect(follows(said(2, 'ben'), said(1, 'ann'))).toBe(false);
    expect(follows(said(2, 'ann', AT + 6 * 60_000), said(1, 'ann'))).toBe(false);
    expect(follows(said(1, 'ann'), undefined)).toBe(false);
  });

  test('ends with what the server says, and with the day', () => {
    expect(follows(said(2, 'ann'), system(1))).toBe(false);
    const midnight = new Date('2026-03-11T00:00:30').getTime();
    expect(follows(said(2, 'ann', midnight), said(1, 'ann', midnight - 60_000))).toBe(false);
  });
});

describe('what stands above a message', () => {
  test('the day, where another one begins', () => {
    expect(standingOf(said(1, 'ann'), { before: undefined, firstUnread: 0 }).day).toBe(
      new Date('2026-03-10T00:00:00').getTime(),
    );
    expect(standingOf(said(2, 'ann'), { before: said(1, 'ann'), firstUnread: 0 }).day).toBeUndefined();
  });

  test('the divider, above the first new message alone, which begins a group', () => {
    expect(standingOf(said(5, 'ann'), { before: said(4, 'ann'), firstUnread: 5 })).toMatchObject({
      unread: true,
      first: true,
    });
    expect(standingOf(said(6, 'ann'), { before: said(5, 'ann'), firstUnread: 5 })).toMatchObject({
      unread: false,
      first: false,
    });
    expect(standingOf(said(4, 'ann'), { before: said(3, 'ann'), firstUnread: 5 }).unread).toBe(false);
    expect(standingOf(said(5, 'ann'), { before: said(4, 'ann'), firstUnread: 0 }).unread).toBe(false);
  });

  test('nothing above what is loaded first, as long as there is more before it, but the divider that belongs there', () => {
    const first = { before: undefined, more: true };
    const nothing = { first: false, day: undefined, unread: false };
    expect(standingOf(said(7, 'ann'), { ...first, firstUnread: 0 })).toEqual(nothing);
    expect(standingOf(said(7, 'ann'), { ...first, firstUnread: 5 })).toEqual(nothing);
    expect(standingOf(said(5, 'ann'), { ...first, firstUnread: 5 })).toMatchObject({
      unread: true,
      first: true,
    });
  });

  test('the divider above what is loaded first, where the first new message was deleted', () => {
    expect(standingOf(said(7, 'ann'), { before: undefined, firstUnread: 5 }).unread).toBe(true);
  });
});
