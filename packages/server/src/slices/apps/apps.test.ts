import { afterAll, beforeAll, expect, test } from 'bun:test';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { createLogger } from '../../core/log.ts';
import { MIGRATIONS } from '../../db/all-migrations.ts';
import { type Database, openDatabase } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { refusal } from '../../testing/auth.ts';
import { freshDatabase } from '../../testing/database.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { API_KEY_TTL } from './api-keys.ts';
import {
  addPublicKey,
  createApiKey,
  createApiKeys,
  createApp,
  DEFAULT_APP,
  findApp,
  listApiKeys,
  newEpoch,
  openNodeState,
  revokeApiKey,
} from './index.ts';

let database: Database;
const clock = new ManualClock();
const now = () => clock.now();
const logger = createLogger({ level: 'silent', format: 'text', write: () => undefined, now });
const uuid = () => Bun.randomUUIDv7();
const at = new Date(now());

beforeAll(async () => {
  database = openDatabase(await freshDatabase(), 4);
  await migrate(database.hot, MIGRATIONS);
});
afterAll(() => database.close());

test('the default app is made once, however many nodes start together', async () => {
  const made = await Promise.all(
    [1, 2, 3].map(() => createApp(database.db, { id: DEFAULT_APP, name: 'Inlay', at, randomBytes })),
  );
  expect(made.filter(Boolean)).toHaveLength(1);
  const app = await findApp(database.db, DEFAULT_APP);
  expect(Buffer.from(app?.secret ?? '', 'base64url')).toHaveLength(32);
  expect(app?.settings).toEqual({ guests: true, signUp: true, codes: true, openUsers: true });
});

test('[L10] the epoch stays over restarts, and is new after a restore into another cluster', async () => {
  const { db } = database;
  const first = await openNodeState(db, { uuid, randomBytes });
  expect(await openNodeState(db, { uuid, randomBytes })).toEqual(first);
  const app = await findApp(db, DEFAULT_APP);
  await db
    .insertInto('conversations')
    .values({ app: app?.pk ?? 0, id: 'room', kind: 'group', created_at: at, active_at: at })
    .execute();
  const xid = async () =>
    (await db.selectFrom('conversations').select(sql<string>`xid::text`.as('xid')).executeTakeFirst())?.xid;
  expect(await xid()).not.toBe('0');
  await db.updateTable('node_state').set({ system_id: 'another cluster' }).execute();
  const second = await openNodeState(db, { uuid, randomBytes });
  expect(second.epoch).not.toBe(first.epoch);
  expect(second.tokenSecret).toBe(first.tokenSecret);
  expect(await xid()).toBe('0');
  await db.updateTable('node_state').set({ timeline: 77 }).execute();
  const third = await openNodeState(db, { uuid, randomBytes });
  expect(third.epoch).not.toBe(second.epoch);
  const fourth = await newEpoch(db, uuid);
  expect((await openNodeState(db, { uuid, randomBytes })).epoch).toBe(fourth);
});

test('an API key opens its own app, until it is revoked', async () => {
  const { db } = database;
  await createApp(db, { id: 'shop', name: 'Shop', at, randomBytes });
  const shop = await findApp(db, 'shop');
  const app = shop?.pk ?? 0;
  const { id, key } = await createApiKey(db, {
    app,
    name: 'backend',
    scopes: ['users:write', 'messages:read'],
    at,
    randomBytes,
  });
  expect(key).toStartWith(`ik_${id}_`);
  const keys = createApiKeys({ db, logger, now });
  expect(keys.looksLikeKey(key)).toBe(true);
  expect(await keys.verify(key)).toEqual({
    app: { pk: app, id: 'shop' },
    scopes: ['users:write', 'messages:read'],
  });
  const secret = key.slice(-52);
  const stored = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(JSON.stringify({ ...stored, hash: Buffer.from(stored.hash).toString() })).not.toContain(secret);
  const wrong = [
    key.replace(/.$/, (c) => (c === 'a' ? 'b' : 'a')),
    `ik_${'a'.repeat(16)}_${secret}`,
    `ik_${id}_`,
    'ik_',
    '',
  ];
  for (const text of wrong) expect((await refusal(keys.verify(text))).code).toBe('unauthenticated');
  const other = await findApp(db, DEFAULT_APP);
  expect(await revokeApiKey(db, { app: other?.pk ?? 0, id, at })).toBe(false);
  expect(await revokeApiKey(db, { app, id, at })).toBe(true);
  clock.advance(API_KEY_TTL);
  expect((await refusal(keys.verify(key))).code).toBe('unauthenticated');
});

test('the use of a key is noted once a minute', async () => {
  const { db } = database;
  const app = (await findApp(db, 'shop'))?.pk ?? 0;
  const { id, key } = await createApiKey(db, { app, name: 'second', scopes: [], at, randomBytes });
  const keys = createApiKeys({ db, logger, now });
  const used = async () => (await listApiKeys(db, app)).find((k) => k.id === id)?.last_used_at?.getTime();
  const settled = async (time: number) => {
    while ((await used()) !== time) await new Promise(setImmediate);
  };
  const first = now();
  await keys.verify(key);
  await settled(first);
  clock.advance(59_000);
  await keys.verify(key);
  clock.advance(1_000);
  await keys.verify(key);
  await settled(first + 60_000);
});

test('only keys that tokens can be checked by are registered', async () => {
  const { db } = database;
  const app = (await findApp(db, 'shop'))?.pk ?? 0;
  const pem = (key: { export(o: { type: 'spki'; format: 'pem' }): string | Buffer }) =>
    key.export({ type: 'spki', format: 'pem' }).toString();
  const add = (text: string) => addPublicKey(db, { app, kid: 'k', pem: text, at });
  expect(await add(pem(generateKeyPairSync('ed25519').publicKey))).toBe('EdDSA');
  expect(await add(pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey))).toBe('RS256');
  const privatePem = generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const weak = pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);
  const curve = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  for (const text of [
    privatePem,
    weak,
    curve,
    'x',
    '-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----',
  ]) {
    expect((await refusal(add(text))).code).toBe('invalid_input');
  }
});
