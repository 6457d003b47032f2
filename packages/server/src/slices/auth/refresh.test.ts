import { afterAll, beforeAll, expect, test } from 'bun:test';
import { LIMITS, type Tokens } from '@inlay-im/protocol';
import { refusal, startTestAuth, type TestAuth } from '../../testing/auth.ts';

let node: TestAuth;
beforeAll(async () => {
  node = await startTestAuth();
});
afterAll(() => node.stop());

const guest = () => node.call('auth.signInAsGuest', {});
const refresh = (t: Pick<Tokens, 'refreshToken'>) =>
  node.call('auth.refresh', { refreshToken: t.refreshToken });
const verify = (t: Pick<Tokens, 'accessToken'>) => node.auth.verifyAccessToken(t.accessToken);

test('an access token ends after a quarter of an hour, and is refreshed', async () => {
  const first = await guest();
  expect(first.expiresAt - node.clock.now()).toBeLessThanOrEqual(LIMITS.accessToken + 999);
  node.clock.advance(LIMITS.accessToken - 1);
  await verify(first);
  node.clock.advance(1000);
  expect((await refusal(verify(first))).code).toBe('token_expired');
  const second = await refresh(first);
  expect(await verify(second)).toMatchObject({ user: first.user.id, device: first.device });
  expect(second).toMatchObject({ device: first.device, user: first.user });
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(second.refreshExpiresAt).toBeGreaterThan(first.refreshExpiresAt);
});

test('a lost answer is forgiven: the same token comes again, and works', async () => {
  const first = await guest();
  const lost = await refresh(first);
  node.clock.advance(30_000);
  const again = await refresh(first);
  expect(again.refreshToken).toBe(lost.refreshToken);
  await refresh(again);
});

test('two at the same time get the same token', async () => {
  const first = await guest();
  const [a, b] = await Promise.all([refresh(first), refresh(first)]);
  expect(a.refreshToken).toBe(b.refreshToken);
});

test('a token that was used before signs its device out, whoever holds which', async () => {
  const first = await guest();
  const second = await refresh(first);
  await verify(second);
  // One more than is forgiven, and one as the second token is always later than the first.
  node.clock.advance(30_002);
  node.signedOut.length = 0;
  expect((await refusal(refresh(first))).code).toBe('signed_out');
  await new Promise(setImmediate);
  expect(node.signedOut).toEqual([first.device]);
  expect((await refusal(refresh(second))).code).toBe('signed_out');
  expect((await refusal(verify(second))).code).toBe('signed_out');
});

test('an older one than the last is never forgiven', async () => {
  const first = await guest();
  const third = await refresh(await refresh(first));
  expect((await refusal(refresh(first))).code).toBe('signed_out');
  expect((await refusal(refresh(third))).code).toBe('signed_out');
});

test('one that was never issued harms nobody', async () => {
  const first = await guest();
  const forged = [
    first.refreshToken.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')),
    first.refreshToken.replace(first.device, (await guest()).device),
    `rt_${first.device}_${'A'.repeat(54)}`,
    'rt_',
    'x',
  ];
  for (const refreshToken of forged)
    expect((await refusal(refresh({ refreshToken }))).code).toBe('wrong_credentials');
  await refresh(first);
});

test('ends after 60 days without use', async () => {
  const first = await guest();
  node.clock.advance(LIMITS.refreshToken - 1);
  const second = await refresh(first);
  node.clock.advance(LIMITS.refreshToken);
  expect((await refusal(refresh(second))).code).toBe('signed_out');
});

test('a device that refreshed after a backup was made is not signed out by the restore', async () => {
  const first = await guest();
  const before = await node.db
    .selectFrom('devices')
    .selectAll()
    .where('id', '=', first.device)
    .executeTakeFirstOrThrow();
  node.clock.advance(60_000);
  const second = await refresh(await refresh(first));
  const { refresh_hash, previous_hash, rotated_at } = before;
  await node.db
    .updateTable('devices')
    .set({ refresh_hash, previous_hash, rotated_at })
    .where('id', '=', first.device)
    .execute();
  const third = await refresh(second);
  await refresh(third);
});

test('an access token is taken only as it was issued', async () => {
  const { accessToken } = await guest();
  const [head = '', claims = '', mac = ''] = accessToken.split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  const root = Buffer.from(JSON.stringify({ app: 1, sub: 'root', device: 'x', exp: 9e9 })).toString(
    'base64url',
  );
  for (const token of [
    `${none}.${claims}.`,
    `${head}.${root}.${mac}`,
    `${head}.${claims}.`,
    `${head}.${claims}`,
    '',
    'a.b.c',
    mac,
  ]) {
    expect((await refusal(node.auth.verifyAccessToken(token))).code).toBe('unauthenticated');
  }
});
