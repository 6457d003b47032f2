import { afterAll, beforeAll, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import type { PeerError } from '../../testing/peer.ts';
import { createApiKey, createApp, findApp } from '../apps/index.ts';

let node: TestNode;
let backend: { authorization: string };

async function keyOf(app: string): Promise<{ authorization: string }> {
  await createApp(node.db, { id: app, name: app, at: new Date(), randomBytes });
  const { pk } = (await findApp(node.db, app)) ?? { pk: 0 };
  const scopes = ['users:read', 'users:write'] as const;
  const { key } = await createApiKey(node.db, {
    app: pk,
    name: 'backend',
    scopes,
    at: new Date(),
    randomBytes,
  });
  return { authorization: `Bearer ${key}` };
}

/** A backend in a person's name. */
const as = (user: string, by = backend): Record<string, string> => ({ ...by, 'inlay-user': user });

/** The code of the error that the node sent. */
const code = async (call: Promise<unknown>): Promise<string> =>
  await call.then(
    () => 'went through',
    (error: PeerError) => error.wire.code,
  );

beforeAll(async () => {
  node = await startTestNode();
  backend = await keyOf('default');
});
afterAll(() => node.stop());

test('a changed profile is told to my devices and to who follows me', async () => {
  const [ann, laptop, bob] = await Promise.all([node.peer('ann'), node.peer('ann'), node.peer('bob')]);
  await bob.call('presence.subscribe', { users: ['ann'] });
  const { me } = await ann.call('users.update', {
    name: 'Ann',
    custom: { team: 'red' },
    presenceVisibility: 'contacts',
  });
  expect(me).toMatchObject({
    id: 'ann',
    name: 'Ann',
    custom: { team: 'red' },
    presenceVisibility: 'contacts',
  });
  expect(await laptop.event('me.changed')).toEqual({ userRev: me.rev, me });
  expect(await bob.event('user.changed')).toEqual({
    id: 'ann',
    kind: 'host',
    name: 'Ann',
    avatar: null,
    custom: { team: 'red' },
  });
  const next = await ann.call('users.update', { name: null });
  expect(next.me).toMatchObject({ name: null, custom: { team: 'red' }, rev: me.rev + 1 });
  expect((await ann.call('users.me', {})).me).toEqual(next.me);
});

test('a backend makes and updates people, but not those who have an account of their own', async () => {
  const made = await node.http(
    'users.upsert',
    { users: [{ id: 'carl', name: 'Carl' }, { id: 'dora' }] },
    backend,
  );
  expect(made.users.map((u) => [u.id, u.name])).toEqual([
    ['carl', 'Carl'],
    ['dora', null],
  ]);
  await node.http('users.upsert', { users: [{ id: 'carl', avatar: 'https://x.example/c.png' }] }, backend);
  const { users } = await node.http('users.get', { users: ['carl', 'nobody'] }, as('carl'));
  expect(users).toEqual([
    { id: 'carl', kind: 'host', name: 'Carl', avatar: 'https://x.example/c.png', custom: null },
  ]);
  await node.http('auth.signUp', { username: 'eve', password: 'long enough' });
  const both = {
    users: [
      { id: 'fay', name: 'Fay' },
      { id: 'eve', name: 'Not Eve' },
    ],
  };
  expect(await code(node.http('users.upsert', both, backend))).toBe('conflict');
  expect(
    (await node.http('users.get', { users: ['eve', 'fay'] }, as('carl'))).users.map((u) => u.id),
  ).toEqual(['eve']);
  expect(await code(node.as('ann', 'users.upsert', { users: [{ id: 'x' }] }))).toBe('forbidden');
});

test('[L11] people of one app are not there for another', async () => {
  const other = await keyOf('other');
  await node.http('users.upsert', { users: [{ id: 'gus', name: 'Gus' }] }, backend);
  expect((await node.http('users.get', { users: ['gus'] }, as('someone', other))).users).toEqual([]);
  await node.http('users.upsert', { users: [{ id: 'gus', name: 'Another' }] }, other);
  expect((await node.http('users.get', { users: ['gus'] }, as('gus'))).users[0]?.name).toBe('Gus');
});
