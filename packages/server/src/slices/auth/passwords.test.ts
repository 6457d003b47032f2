import { afterAll, beforeAll, expect, test } from 'bun:test';
import { InlayError } from '@inlay-im/protocol';
import { refusal, startTestAuth, type TestAuth } from '../../testing/auth.ts';
import { writeSettings } from '../apps/index.ts';
import { MOST_FAILURES } from './password-failures.ts';
import { Passwords } from './passwords.ts';

let node: TestAuth;
let addresses = 0;
/** An address that nobody used before, so that tests do not share an allowance. */
const fresh = (): string => `198.51.100.${++addresses}`;
const signUp = (username: string, password = 'correct horse', app = 'default') =>
  node.call('auth.signUp', { username, password, app }, { address: fresh() });
const signIn = (username: string, password: string, app = 'default', address = fresh()) =>
  node.call('auth.signInWithPassword', { username, password, app }, { address });

beforeAll(async () => {
  node = await startTestAuth();
});
afterAll(() => node.stop());

test('signs up and in, whatever the case of the name', async () => {
  const up = await node.call('auth.signUp', {
    username: 'Dora.X',
    password: 'correct horse',
    name: 'Dora',
    device: 'Phone',
  });
  expect(up.user).toEqual({ id: 'dora.x', kind: 'own', name: 'Dora', avatar: null, custom: null });
  const back = await signIn('dORA.x', 'correct horse');
  expect(back.user.id).toBe('dora.x');
  const { devices } = await node.call('devices.list', {}, { token: back.accessToken });
  expect(devices.map((d) => [d.name, d.current]).sort()).toEqual([
    ['Phone', false],
    ['Unknown device', true],
  ]);
});

test('passwords are kept as argon2id only, and look the same however they are typed', async () => {
  await signUp('nora', 'p\u00e4ssw\u00f6rd');
  await signIn('nora', 'pa\u0308sswo\u0308rd');
  const rows = await node.db
    .selectFrom('credentials')
    .select('password')
    .where('identifier', '=', 'nora')
    .execute();
  expect(rows[0]?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('a name that is taken is refused with the same words, be it an account or a person of the host app', async () => {
  await signUp('gina');
  const { pk } = await node.apps.named('default');
  await node.db
    .insertInto('users')
    .values({ app: pk, id: 'hosted', kind: 'host', created_at: new Date() })
    .execute();
  const [account, host] = [await refusal(signUp('Gina')), await refusal(signUp('hosted'))];
  expect(account.code).toBe('conflict');
  expect(host).toEqual(account);
});

test('two who want the same name at the same time: one gets it', async () => {
  const results = await Promise.allSettled([signUp('race'), signUp('Race'), signUp('RACE')]);
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
});

test('a wrong password and an unknown name get the same answer and cost the same', async () => {
  await signUp('henry');
  const [wrong, unknown] = [
    await refusal(signIn('henry', 'wrong')),
    await refusal(signIn('nobody', 'wrong')),
  ];
  expect(wrong).toEqual({ code: 'wrong_credentials', message: expect.any(String) });
  expect(unknown).toEqual(wrong);
  const passwords = new Passwords();
  const hash = await passwords.hash('right');
  const took = async (given: string | null) => {
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      const from = performance.now();
      expect(await passwords.verify('wrong', given)).toBe(false);
      times.push(performance.now() - from);
    }
    return Math.min(...times);
  };
  await took(null);
  const [known, dummy] = [await took(hash), await took(null)];
  expect(dummy).toBeGreaterThan(known / 2);
  expect(dummy).toBeLessThan(known * 2);
});

test('after ten failures an account waits, known or not, from any address, and the right password too', async () => {
  await signUp('iris');
  for (const name of ['iris', 'nobody-at-all']) {
    for (let i = 0; i < MOST_FAILURES; i++)
      expect((await refusal(signIn(name, `no ${i}`))).code).toBe('wrong_credentials');
    const refused = await refusal(signIn(name, 'correct horse'));
    expect(refused).toEqual({ code: 'rate_limited', message: expect.any(String), retryAfter: 15 * 60_000 });
  }
  node.clock.advance(15 * 60_000);
  expect((await signIn('iris', 'correct horse')).user.id).toBe('iris');
});

test('guesses at the same time are not more than the bound', async () => {
  await signUp('jack');
  const tries = await Promise.all(Array.from({ length: 20 }, (_, i) => refusal(signIn('jack', `no ${i}`))));
  expect(tries.filter((t) => t.code === 'wrong_credentials')).toHaveLength(MOST_FAILURES);
});

test('the right password makes up for wrong ones', async () => {
  await signUp('karl');
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 5; i++) await refusal(signIn('karl', 'no'));
    await signIn('karl', 'correct horse');
  }
});

test('one address cannot try many names for long, while another goes on', async () => {
  const address = fresh();
  const codes: string[] = [];
  for (let i = 0; i < 61; i++)
    codes.push((await refusal(signIn(`victim${i}`, 'Spring2026', 'default', address))).code);
  expect(codes.slice(0, 60).every((c) => c === 'wrong_credentials')).toBe(true);
  expect(codes[60]).toBe('rate_limited');
  expect((await refusal(signIn('victim99', 'x'))).code).toBe('wrong_credentials');
}, 20_000);

test('[L11] an account of one app is not one of another, nor are its failures', async () => {
  await signUp('lena', 'correct horse', 'other');
  expect((await refusal(signIn('lena', 'correct horse'))).code).toBe('wrong_credentials');
  for (let i = 0; i < MOST_FAILURES; i++) await refusal(signIn('lena', 'no'));
  expect((await signIn('lena', 'correct horse', 'other')).user.id).toBe('lena');
  await signUp('lena', 'another one');
});

test('changing the password signs the other devices out, and only them', async () => {
  const here = await signUp('mona');
  const there = await signIn('mona', 'correct horse');
  await node.auth.verifyAccessToken(there.accessToken);
  const change = (password: string) =>
    node.call(
      'auth.changePassword',
      { password, newPassword: 'battery staple' },
      { token: here.accessToken },
    );
  expect((await refusal(change('wrong'))).code).toBe('wrong_credentials');
  await node.auth.verifyAccessToken(there.accessToken);
  await change('correct horse');
  expect((await refusal(node.auth.verifyAccessToken(there.accessToken))).code).toBe('signed_out');
  expect((await refusal(node.call('auth.refresh', { refreshToken: there.refreshToken }))).code).toBe(
    'signed_out',
  );
  await node.auth.verifyAccessToken(here.accessToken);
  expect((await refusal(signIn('mona', 'correct horse'))).code).toBe('wrong_credentials');
  await signIn('mona', 'battery staple');
});

test('an app may close sign-up and guests', async () => {
  await writeSettings(node.db, 'other', { signUp: false, guests: false, codes: false });
  node.clock.advance(6_000);
  expect((await refusal(signUp('nina', 'correct horse', 'other'))).code).toBe('forbidden');
  expect((await refusal(node.call('auth.signInAsGuest', { app: 'other' }))).code).toBe('forbidden');
  const code = node.call('auth.requestCode', {
    app: 'other',
    to: { channel: 'phone', phone: '+4915112345678' },
  });
  expect((await refusal(code)).code).toBe('forbidden');
  await signIn('lena', 'correct horse', 'other');
});

test('hashing takes no more than its share, and says so when too much waits', async () => {
  const passwords = new Passwords();
  const all = await Promise.allSettled(Array.from({ length: 400 }, () => passwords.verify('x', null)));
  const busy = all.filter((r) => r.status === 'rejected').map((r) => r.reason as InlayError);
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.every((e) => e instanceof InlayError && e.code === 'busy' && e.retryAfter !== undefined)).toBe(
    true,
  );
  expect(all.some((r) => r.status === 'fulfilled')).toBe(true);
}, 20_000);
