import { afterAll, beforeAll, expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol';
import { createLocalHub } from '../../adapters/bus-local/index.ts';
import { refusal, startTestAuth, type TestAuth } from '../../testing/auth.ts';
import { SIGNED_IN_TTL } from './signed-in.ts';

let node: TestAuth;
/** Another node of the same database. */
let second: TestAuth;
beforeAll(async () => {
  const hub = createLocalHub();
  node = await startTestAuth({ bus: hub.join() });
  second = await startTestAuth({ database: node.address, clock: node.clock, bus: hub.join() });
});
afterAll(async () => {
  await second.stop();
  await node.stop();
});

const signUp = (username: string) =>
  node.call('auth.signUp', { username, password: 'long enough' }, { address: username });
const signIn = (username: string, device?: string) =>
  node.call('auth.signInWithPassword', {
    username,
    password: 'long enough',
    ...(device === undefined ? {} : { device }),
  });
const list = async (token: string) => (await node.call('devices.list', {}, { token })).devices;

test('are listed, the last used first, and can be renamed', async () => {
  const phone = await signUp('ann');
  node.clock.advance(1000);
  const laptop = await signIn('ann', 'Laptop');
  await node.call('devices.rename', { name: 'My phone' }, { token: phone.accessToken });
  expect((await list(phone.accessToken)).map((d) => [d.id, d.name, d.current])).toEqual([
    [laptop.device, 'Laptop', false],
    [phone.device, 'My phone', true],
  ]);
});

test('sign out themselves, or another of mine; tokens and connections end at once on every node', async () => {
  const [a, b] = [await signUp('bob'), await signIn('bob')];
  await second.auth.verifyAccessToken(b.accessToken);
  await node.call('devices.signOut', { device: b.device }, { token: a.accessToken });
  await new Promise(setImmediate);
  expect([node.signedOut.at(-1), second.signedOut.at(-1)]).toEqual([b.device, b.device]);
  for (const on of [node, second])
    expect((await refusal(on.auth.verifyAccessToken(b.accessToken))).code).toBe('signed_out');
  await node.call('auth.signOut', {}, { token: a.accessToken });
  expect((await refusal(node.auth.verifyAccessToken(a.accessToken))).code).toBe('signed_out');
  expect((await refusal(node.call('auth.refresh', { refreshToken: a.refreshToken }))).code).toBe(
    'signed_out',
  );
});

test('of others are not mine to see or to sign out', async () => {
  const [mine, theirs] = [await signUp('carl'), await signUp('dora')];
  const attempt = node.call('devices.signOut', { device: theirs.device }, { token: mine.accessToken });
  expect((await refusal(attempt)).code).toBe('not_found');
  await node.auth.verifyAccessToken(theirs.accessToken);
});

test('a lost hint is made up for within a minute', async () => {
  const { accessToken, device } = await signUp('eve');
  await second.auth.verifyAccessToken(accessToken);
  await node.db.deleteFrom('devices').where('id', '=', device).execute();
  node.clock.advance(SIGNED_IN_TTL);
  expect((await refusal(second.auth.verifyAccessToken(accessToken))).code).toBe('signed_out');
});

test('beyond the bound the one unused longest is signed out', async () => {
  const first = await signUp('fay');
  for (let i = 1; i < LIMITS.devicesPerUser; i++) {
    node.clock.advance(1000);
    await signIn('fay');
  }
  await node.auth.verifyAccessToken(first.accessToken);
  node.clock.advance(1000);
  const last = await signIn('fay');
  expect((await refusal(node.auth.verifyAccessToken(first.accessToken))).code).toBe('signed_out');
  expect(await list(last.accessToken)).toHaveLength(LIMITS.devicesPerUser);
}, 20_000);

test('the last use is written at most once a minute', async () => {
  const { accessToken, device } = await signUp('gus');
  const seen = async () => (await list(accessToken)).find((d) => d.id === device)?.lastSeenAt;
  node.clock.advance(90_000);
  const used = node.clock.now();
  node.auth.touchDevice(device);
  node.clock.advance(30_000);
  node.auth.touchDevice(device);
  await node.auth.stop();
  expect(await seen()).toBe(used);
  node.clock.advance(30_000);
  node.auth.touchDevice(device);
  await node.auth.stop();
  expect(await seen()).toBe(used + 60_000);
});

test('thousands of tokens at once are a handful of queries', async () => {
  const { accessToken } = await signUp('hal');
  const third = await startTestAuth({ database: node.address, clock: node.clock });
  const from = process.cpuUsage();
  await Promise.all(Array.from({ length: 10_000 }, () => third.auth.verifyAccessToken(accessToken)));
  const { user, system } = process.cpuUsage(from);
  expect((user + system) / 1000).toBeLessThan(1000);
  await third.stop();
});
