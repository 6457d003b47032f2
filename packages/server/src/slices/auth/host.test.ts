import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { refusal, startTestAuth, type TestAuth } from '../../testing/auth.ts';
import { addPublicKey } from '../apps/index.ts';

let node: TestAuth;
let secret: string;
const ed = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (): number => Math.floor(node.clock.now() / 1000);

function body(header: object, claims: object): string {
  return `${encode(header)}.${encode({ sub: 'alice', exp: seconds() + 3600, ...claims })}`;
}

function hs256(key: string, claims: object = {}, header: object = {}): string {
  const text = body({ alg: 'HS256', typ: 'JWT', ...header }, claims);
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

function signed(
  o: { key: KeyObject; alg: string; kid?: string; hash: string | null },
  claims: object = {},
): string {
  const text = body({ alg: o.alg, ...(o.kid === undefined ? {} : { kid: o.kid }) }, claims);
  return `${text}.${sign(o.hash, Buffer.from(text), o.key).toString('base64url')}`;
}

const enter = (token: string, app?: string) =>
  node.call('auth.signInWithToken', { token, ...(app === undefined ? {} : { app }) });

beforeAll(async () => {
  node = await startTestAuth();
  secret = await node.secretOf('default');
  const { pk } = await node.apps.named('default');
  await addPublicKey(node.db, { app: pk, kid: 'ed', pem: pem(ed.publicKey), at: new Date() });
  await addPublicKey(node.db, { app: pk, kid: 'rsa', pem: pem(rsa.publicKey), at: new Date() });
  node.clock.advance(6_000);
});
afterAll(() => node.stop());

describe('a host app vouches for its people', () => {
  test('who comes into being on first use, with name and avatar, which later tokens change', async () => {
    const first = await enter(hs256(secret, { sub: 'ann', name: 'Ann', avatar: 'https://x.example/a.png' }));
    expect(first.user).toEqual({
      id: 'ann',
      kind: 'host',
      name: 'Ann',
      avatar: 'https://x.example/a.png',
      custom: null,
    });
    node.events.length = 0;
    const second = await enter(hs256(secret, { sub: 'ann', name: 'Anna' }));
    expect(second.user).toMatchObject({ name: 'Anna', avatar: 'https://x.example/a.png' });
    expect(second.device).not.toBe(first.device);
    expect(node.events.map((e) => e.event)).toEqual(['me.changed', 'user.changed']);
    expect(node.events[0]?.data).toMatchObject({ userRev: 2, me: { id: 'ann', name: 'Anna', rev: 2 } });
    node.events.length = 0;
    expect((await enter(hs256(secret, { sub: 'ann' }))).user.name).toBe('Anna');
    expect(node.events).toEqual([]);
  });

  test('with EdDSA and with RS256', async () => {
    const byEd = await enter(
      signed({ key: ed.privateKey, alg: 'EdDSA', kid: 'ed', hash: null }, { sub: 'ed' }),
    );
    const byRsa = await enter(
      signed({ key: rsa.privateKey, alg: 'RS256', kid: 'rsa', hash: 'sha256' }, { sub: 'rs' }),
    );
    expect([byEd.user.id, byRsa.user.id]).toEqual(['ed', 'rs']);
  });

  test('with a token that its access token then speaks for', async () => {
    const { accessToken, device } = await enter(hs256(secret, { sub: 'carl' }));
    expect(await node.auth.verifyAccessToken(accessToken)).toMatchObject({
      app: { id: 'default' },
      user: 'carl',
      device,
    });
  });
});

describe('a token is refused', () => {
  const cases: Record<string, () => string | Promise<string>> = {
    'signed with another secret': () => hs256('another secret'),
    'of another app [L11]': async () => hs256(await node.secretOf('other')),
    'without a signature': () => `${body({ alg: 'none' }, {})}.`,
    'without a signature, in capitals': () => `${body({ alg: 'NONE' }, {})}.`,
    'with HS256 by a public key': () => hs256(pem(rsa.publicKey), {}, { kid: 'rsa' }),
    'with HS256 by the other public key': () => hs256(pem(ed.publicKey), {}, { kid: 'ed' }),
    'with RS256 by the Ed25519 key': () =>
      signed({ key: ed.privateKey, alg: 'RS256', kid: 'ed', hash: null }),
    'with EdDSA by the RSA key': () =>
      signed({ key: rsa.privateKey, alg: 'EdDSA', kid: 'rsa', hash: 'sha256' }),
    'with PS256': () => signed({ key: rsa.privateKey, alg: 'PS256', kid: 'rsa', hash: 'sha256' }),
    'with an unknown kid': () => signed({ key: ed.privateKey, alg: 'EdDSA', kid: 'nope', hash: null }),
    'without a kid': () => signed({ key: ed.privateKey, alg: 'EdDSA', hash: null }),
    'with a kid of an object': () =>
      signed({ key: ed.privateKey, alg: 'EdDSA', kid: '__proto__', hash: null }),
    'past its exp': () => hs256(secret, { exp: seconds() - 31 }),
    'without exp': () => hs256(secret, { exp: undefined }),
    'with exp as text': () => hs256(secret, { exp: `${seconds() + 60}` }),
    'more than a day ahead': () => hs256(secret, { exp: seconds() + 24 * 3600 + 31 }),
    'before its nbf': () => hs256(secret, { nbf: seconds() + 31 }),
    'without sub': () => hs256(secret, { sub: undefined }),
    'that is no JWT': () => 'hello',
    'that is an access token of ours': async () => (await enter(hs256(secret))).accessToken,
    'with changed claims': () => {
      const [head, , tail] = hs256(secret).split('.');
      return `${head}.${encode({ sub: 'root', exp: seconds() + 60 })}.${tail}`;
    },
  };
  for (const [name, make] of Object.entries(cases)) {
    test(name, async () => {
      const token = await make();
      expect((await refusal(enter(token))).code).toBe('wrong_credentials');
    });
  }

  test('with a claim that cannot be used, by name', async () => {
    const avatar = await refusal(enter(hs256(secret, { avatar: 'javascript:alert(1)' })));
    expect(avatar).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('"avatar"') });
    expect((await refusal(enter(hs256(secret, { sub: 'a b' })))).code).toBe('invalid_input');
    expect((await refusal(enter(hs256(secret, { sub: 7 })))).code).toBe('invalid_input');
  });

  test('clocks may differ by 30 s', async () => {
    await enter(hs256(secret, { exp: seconds() - 29 }));
    await enter(hs256(secret, { nbf: seconds() + 29 }));
    await enter(hs256(secret, { exp: seconds() + 24 * 3600 }));
  });

  test('for an id that is an account of its own', async () => {
    await node.call('auth.signUp', { username: 'zoe', password: 'long enough' });
    expect((await refusal(enter(hs256(secret, { sub: 'zoe' })))).code).toBe('conflict');
  });
});

test('[L11] the same id in two apps is two people', async () => {
  const here = await enter(hs256(secret, { sub: 'twin', name: 'Here' }));
  const there = await enter(hs256(await node.secretOf('other'), { sub: 'twin', name: 'There' }), 'other');
  const mine = await node.call('devices.list', {}, { token: here.accessToken });
  expect(mine.devices.map((d) => d.id)).toEqual([here.device]);
  expect(there.user.name).toBe('There');
  const foreign = node.call('devices.signOut', { device: there.device }, { token: here.accessToken });
  expect((await refusal(foreign)).code).toBe('not_found');
  expect((await node.auth.verifyAccessToken(there.accessToken)).app.id).toBe('other');
});

test('an app that is not there is named as the mistake', async () => {
  expect((await refusal(enter(hs256(secret), 'nowhere'))).code).toBe('not_found');
});
