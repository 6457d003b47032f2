import { expect, test } from 'bun:test';
import { LIMITS, type Presence } from '@inlay-im/protocol';
import { ManualClock } from '../../testing/manual-clock.ts';
import { PresenceTracker } from './tracker.ts';

const me = { app: 1, user: 'me' };
const active = { active: true, visibility: 'everyone' as const };
const idle = { active: false, visibility: 'everyone' as const };

function scene() {
  const clock = new ManualClock(1000);
  const told: string[] = [];
  const left: [string, number][] = [];
  const tracker = new PresenceTracker({
    clock,
    changed: (_, p: Presence, visibility) => told.push(`${p.user} ${p.state} ${visibility}`),
    left: ({ user }, at) => left.push([user, at]),
  });
  return { clock, told, left, tracker };
}

test('online while one connection is active, away while there is one, offline after the grace', () => {
  const { clock, told, left, tracker } = scene();
  tracker.connected(me, idle);
  tracker.connected(me, active);
  tracker.activity(me, false);
  tracker.activity(me, true);
  tracker.disconnected(me, true);
  tracker.disconnected(me, false);
  clock.advance(LIMITS.presenceGrace - 1);
  expect(told).toEqual([
    'me away everyone',
    'me online everyone',
    'me away everyone',
    'me online everyone',
    'me away everyone',
  ]);
  clock.advance(1);
  expect(told.at(-1)).toBe('me offline everyone');
  expect(left).toEqual([['me', 1000]]);
  expect(tracker.get(me)).toBeUndefined();
});

test('a short reconnect is not seen by anyone', () => {
  const { clock, told, left, tracker } = scene();
  tracker.connected(me, active);
  for (let i = 0; i < 5; i++) {
    tracker.disconnected(me, true);
    clock.advance(LIMITS.presenceGrace - 1);
    tracker.connected(me, active);
  }
  clock.advance(LIMITS.presenceGrace * 2);
  expect(told).toEqual(['me online everyone']);
  expect(left).toEqual([]);
});

test('visibility is told when it changes, and people of the same id in two apps are two', () => {
  const { told, tracker } = scene();
  tracker.connected(me, active);
  tracker.connected({ app: 2, user: 'me' }, idle);
  tracker.setVisibility(me, 'nobody');
  tracker.setVisibility(me, 'nobody');
  expect(told).toEqual(['me online everyone', 'me away everyone', 'me online nobody']);
  expect(tracker.get({ app: 2, user: 'me' })?.visibility).toBe('everyone');
  expect(tracker.stop()).toEqual([me, { app: 2, user: 'me' }]);
});
