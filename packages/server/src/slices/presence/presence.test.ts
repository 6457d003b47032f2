import { afterAll, beforeAll, expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol';
import { ManualClock } from '../../testing/manual-clock.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';

let node: TestNode;
const clock = new ManualClock(Date.now());
beforeAll(async () => {
  node = await startTestNode({ clock });
});
afterAll(() => node.stop());

test('who follows sees coming, going away and leaving with its time, and a fresh look shows the same', async () => {
  const watcher = await node.peer('watcher');
  const { presence } = await watcher.call('presence.subscribe', { users: ['comer', 'ghost'] });
  expect(presence).toEqual([
    { user: 'comer', state: 'offline', lastSeenAt: null },
    { user: 'ghost', state: 'offline', lastSeenAt: null },
  ]);
  const comer = await node.peer('comer');
  await watcher.event('presence.changed', (e) => e.state === 'online');
  await comer.call('session.activity', { active: false });
  await watcher.event('presence.changed', (e) => e.state === 'away');
  expect((await watcher.call('presence.get', { users: ['comer'] })).presence[0]?.state).toBe('away');
  comer.close();
  await comer.closed;
  // The node has seen the close once a later connection of the same person is answered.
  const again = await node.peer('comer');
  again.close();
  await again.closed;
  const at = clock.now();
  for (let i = 0; i < 3; i++) {
    await watcher.call('session.ping', {});
    clock.advance(LIMITS.presenceGrace);
  }
  const gone = await watcher.event('presence.changed', (e) => e.state === 'offline');
  expect(gone.lastSeenAt).toBeGreaterThanOrEqual(at);
  await watcher.call('presence.unsubscribe', { users: ['comer'] });
  const told = watcher.of('presence.changed').length;
  await node.peer('comer');
  await watcher.call('session.ping', {});
  expect(watcher.of('presence.changed')).toHaveLength(told);
});

test('hidden presence reads as offline without a time, to all but oneself', async () => {
  await node.as('shy', 'users.update', { presenceVisibility: 'nobody' });
  const [watcher, shy] = [await node.peer('curious'), await node.peer('shy')];
  const hidden = { user: 'shy', state: 'offline' as const, lastSeenAt: null };
  expect((await watcher.call('presence.subscribe', { users: ['shy'] })).presence).toEqual([hidden]);
  expect((await shy.call('presence.get', { users: ['shy'] })).presence[0]?.state).toBe('online');
  await shy.call('session.activity', { active: false });
  await watcher.call('session.ping', {});
  expect(watcher.of('presence.changed').every((e) => e.state === 'offline' && e.lastSeenAt === null)).toBe(
    true,
  );
  await shy.call('users.update', { presenceVisibility: 'everyone' });
  expect((await watcher.event('presence.changed', (e) => e.state === 'away')).user).toBe('shy');
});

test('contacts are who share a direct conversation', async () => {
  await node.as('private', 'users.update', { presenceVisibility: 'contacts' });
  await node.as('friend', 'messages.send', message('direct:friend,private', 'hi'));
  const [friend, stranger] = [await node.peer('friend'), await node.peer('stranger')];
  await friend.call('presence.subscribe', { users: ['private'] });
  await stranger.call('presence.subscribe', { users: ['private'] });
  const them = await node.peer('private');
  await friend.event('presence.changed', (e) => e.state === 'online');
  await them.call('session.activity', { active: false });
  await friend.event('presence.changed', (e) => e.state === 'away');
  await stranger.call('session.ping', {});
  expect(stranger.of('presence.changed').every((e) => e.state === 'offline')).toBe(true);
  expect((await friend.call('presence.get', { users: ['private'] })).presence[0]?.state).toBe('away');
  expect((await stranger.call('presence.get', { users: ['private'] })).presence[0]?.state).toBe('offline');
});

test('how many people a session follows is bounded', async () => {
  const watcher = await node.peer('collector');
  const hundred = (k: number) => Array.from({ length: 100 }, (_, i) => `p${k}.${i}`);
  for (let k = 0; k < LIMITS.presenceSubscriptions / 100; k++)
    await watcher.call('presence.subscribe', { users: hundred(k) });
  expect(await codeOf(watcher.call('presence.subscribe', { users: ['one.more'] }))).toBe('limit_reached');
  await watcher.call('presence.unsubscribe', { users: ['p0.0'] });
  expect(await codeOf(watcher.call('presence.subscribe', { users: ['one.more'] }))).toBe('ok');
});
