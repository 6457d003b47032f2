import { afterAll, beforeAll, expect, test } from 'bun:test';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCOPES } from '@inlay-im/protocol';
import { SignJWT } from 'jose';
import { cli, dataFolder, startCli } from '../testing/cli.ts';

const data = dataFolder();
let node: Awaited<ReturnType<typeof startCli>>;
beforeAll(async () => {
  node = await startCli(data);
});
afterAll(async () => {
  await node.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Runs a command on the data folder of the node; it must end well. */
async function inlay(...args: string[]): Promise<string> {
  const { out, err, code } = await cli(args, { INLAY_DATA: data });
  expect([code, err]).toEqual([0, '']);
  return out;
}

/** Runs a command that must be refused; gives its words. */
async function refused(...args: string[]): Promise<string> {
  const { out, err, code } = await cli(args, { INLAY_DATA: data });
  expect([code, out]).toEqual([1, '']);
  return err;
}

async function call(op: string, input: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${node.url}/v1/${op}`, {
    method: 'POST',
    body: JSON.stringify(input),
    headers,
  });
  return { status: answer.status, body: await answer.json() };
}

const signIn = (token: string, app?: string) =>
  call('auth.signInWithToken', { token, device: 'test', ...(app ? { app } : {}) });
const keyOf = (out: string): string => /^Key +(ik_\S+)$/m.exec(out)?.[1] ?? '';

test('the first start prints the keys once; apps shows them again if asked to', async () => {
  const secret = /Secret +(\S+)/.exec(node.out)?.[1] ?? '';
  expect(secret).toHaveLength(43);
  expect(await inlay('apps')).not.toContain(secret);
  expect(await inlay('apps', '--secrets')).toContain(secret);
});

test('a second node on the same data folder is refused in words', async () => {
  expect(await refused('start', '--port', '0')).toContain('Another Inlay node');
});

test('token signs a person in beside a running node, by the name given', async () => {
  const { status, body } = await signIn((await inlay('token', 'ann', '--name', 'Ann Lee')).trim());
  expect([status, body.user]).toMatchObject([200, { id: 'ann', name: 'Ann Lee' }]);
  expect(await refused('token', 'ann', '--app', 'none')).toContain('There is no app "none"');
});

test('a key does what its scopes say, is listed without its secret, and is refused once revoked', async () => {
  const out = await inlay('keys', 'create', 'shop backend', '--scopes', 'users:write, messages:write');
  const key = keyOf(out);
  const backend = { authorization: `Bearer ${key}` };
  const upserted = await call('users.upsert', { users: [{ id: 'bob', name: 'Bob' }] }, backend);
  expect(upserted.status).toBe(200);
  const message = {
    conversation: 'direct:bob,cyd',
    id: Bun.randomUUIDv7(),
    body: { kind: 'text', text: 'Hi' },
  };
  expect((await call('messages.send', message, { ...backend, 'inlay-user': 'bob' })).body).toMatchObject({
    n: 1,
  });
  expect(
    (await call('messages.list', { conversation: 'direct:bob,cyd' }, { ...backend, 'inlay-user': 'bob' }))
      .status,
  ).toBe(403);
  const list = await inlay('keys', 'list');
  expect(list).toContain('shop backend');
  expect(list).not.toContain(key.slice(-52));
  const unused = keyOf(await inlay('keys', 'create', 'unused'));
  expect(await inlay('keys', 'list')).toContain(SCOPES.join(','));
  expect(await inlay('keys', 'revoke', unused)).not.toContain(unused);
  expect((await call('users.upsert', { users: [] }, { authorization: `Bearer ${unused}` })).status).toBe(401);
  expect(await refused('keys', 'revoke', unused)).toContain('that is still good');
  expect(await inlay('keys', 'list')).toContain('revoked');
});

test('an app of its own: made once, its settings switched, its keys registered and taken back', async () => {
  await inlay('apps', 'create', 'shop', '--name', 'The shop');
  expect(await refused('apps', 'create', 'shop')).toContain('There is an app "shop" already.');
  expect(await inlay('apps')).toContain('The shop');
  await inlay('apps', 'set', 'shop', 'guests', 'off');
  expect(await inlay('apps', 'show', 'shop')).toMatch(/^guests +off$/m);
  const pair = generateKeyPairSync('ed25519');
  const file = join(data, 'public.pem');
  writeFileSync(file, pair.publicKey.export({ type: 'spki', format: 'pem' }));
  expect(await inlay('apps', 'add-key', 'shop', 'k1', file)).toContain('EdDSA');
  writeFileSync(file, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  expect(await refused('apps', 'add-key', 'shop', 'k2', file)).toContain('Expected a public key in PEM');
  expect(await inlay('apps', 'show', 'shop')).toMatch(/^k1 +EdDSA$/m);
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
    .setSubject('dee')
    .setExpirationTime('5 minutes')
    .sign(pair.privateKey);
  expect((await signIn(token, 'shop')).status).toBe(200);
  expect((await signIn(token)).status).toBe(401);
  expect((await call('auth.signInAsGuest', { app: 'shop', device: 'test' })).body.error.code).toBe(
    'forbidden',
  );
  expect((await call('auth.signInAsGuest', { device: 'test' })).status).toBe(200);
  await inlay('apps', 'remove-key', 'shop', 'k1');
  expect(await refused('apps', 'remove-key', 'shop', 'k1')).toContain('has no public key "k1"');
  expect(await refused('apps', 'set', randomUUID(), 'guests', 'off')).toContain('"inlay apps" lists them');
});

test('[L10] doctor finds nothing wrong beside a running node, and declares a new epoch if told to', async () => {
  const found = await inlay('doctor');
  expect(found.split('\n').filter((l) => l !== '')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^ok +database: PostgreSQL 18/)]),
  );
  expect(found).not.toContain('WRONG');
  expect(await inlay('doctor', '--new-epoch')).toContain('every device syncs from the start');
});

test('the same commands work without a node, and leave the folder free for the next one', async () => {
  expect(await node.stop()).toBe(0);
  const token = (await inlay('token', 'eve')).trim();
  expect(await inlay('migrate')).toMatch(/^The database has schema version \d+\.$/m);
  expect(await inlay('doctor')).not.toContain('WRONG');
  node = await startCli(data);
  expect(node.out).not.toContain('Secret');
  expect((await signIn(token)).status).toBe(200);
});

test('before the first start there is no app, and token says what to do', async () => {
  const empty = dataFolder();
  try {
    const { err, code } = await cli(['token', 'ann'], { INLAY_DATA: empty });
    expect(code).toBe(1);
    expect(err).toContain('Run "inlay start" once.');
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});
