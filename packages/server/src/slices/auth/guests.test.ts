import { afterAll, beforeAll, expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol';
import { refusal, startTestAuth, type TestAuth } from '../../testing/auth.ts';
import { codeOf } from './codes.ts';
import { SWEEP } from './jobs.ts';

let node: TestAuth;
beforeAll(async () => {
  node = await startTestAuth();
  await node.jobs.start({}, []);
});
afterAll(() => node.stop());

const guest = (name?: string) => node.call('auth.signInAsGuest', name === undefined ? {} : { name });

test('a guest comes without anything, and each is someone else', async () => {
  const [a, b] = [await guest('Visitor'), await guest()];
  expect(a.user).toEqual({
    id: expect.stringMatching(/^g_[a-z2-7]{26}$/),
    kind: 'guest',
    name: 'Visitor',
    avatar: null,
    custom: null,
  });
  expect(b.user.id).not.toBe(a.user.id);
});

test('becomes an account with user name and password, keeping id, name and devices', async () => {
  const { user, accessToken: token } = await guest('Visitor');
  node.events.length = 0;
  const up = await node.call(
    'auth.upgradeWithPassword',
    { username: 'Vic', password: 'long enough' },
    { token },
  );
  expect(up.user).toEqual({ ...user, kind: 'own' });
  expect(node.events.map((e) => e.event)).toEqual(['me.changed', 'user.changed']);
  expect(node.events[0]?.data).toMatchObject({ userRev: 1, me: { id: user.id, kind: 'own' } });
  await node.auth.verifyAccessToken(token);
  expect(
    (await node.call('auth.signInWithPassword', { username: 'vic', password: 'long enough' })).user.id,
  ).toBe(user.id);
});

test('becomes an account of a phone, once', async () => {
  const { user, accessToken: token } = await guest();
  const { ticket } = await node.call('auth.requestCode', {
    to: { channel: 'phone', phone: '+4915100000001' },
  });
  const code = codeOf(node.tokenSecret, ticket);
  const up = await node.call('auth.upgradeWithCode', { ticket, code, name: 'Vera' }, { token });
  expect(up.user).toEqual({ ...user, kind: 'own', name: 'Vera' });
  const twice = node.call(
    'auth.upgradeWithPassword',
    { username: 'vera', password: 'long enough' },
    { token },
  );
  expect((await refusal(twice)).code).toBe('forbidden');
  node.clock.advance(60_000);
  const again = await node.call('auth.requestCode', { to: { channel: 'phone', phone: '+4915100000001' } });
  const back = await node.call('auth.signInWithCode', {
    ticket: again.ticket,
    code: codeOf(node.tokenSecret, again.ticket),
  });
  expect(back.user.id).toBe(user.id);
});

test('cannot take what is taken, and stays a guest', async () => {
  await node.call('auth.signUp', { username: 'owner', password: 'long enough' });
  const { accessToken: token, user } = await guest();
  const byName = node.call(
    'auth.upgradeWithPassword',
    { username: 'OWNER', password: 'long enough' },
    { token },
  );
  expect((await refusal(byName)).code).toBe('conflict');
  node.clock.advance(60_000);
  const { ticket } = await node.call('auth.requestCode', {
    to: { channel: 'phone', phone: '+4915100000001' },
  });
  const byPhone = node.call(
    'auth.upgradeWithCode',
    { ticket, code: codeOf(node.tokenSecret, ticket) },
    { token },
  );
  expect((await refusal(byPhone)).code).toBe('conflict');
  const row = await node.db
    .selectFrom('users')
    .select(['kind', 'rev'])
    .where('id', '=', user.id)
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ kind: 'guest', rev: 0 });
});

test('is forgotten once no device of theirs can come back and no conversation has them', async () => {
  const [gone, member] = [await guest(), await guest()];
  const { pk } = await node.apps.named('default');
  const at = new Date(node.clock.now());
  const conversation = await node.db
    .insertInto('conversations')
    .values({ app: pk, id: 'room', kind: 'group', created_at: at, active_at: at })
    .returning('pk')
    .executeTakeFirstOrThrow();
  await node.db
    .insertInto('members')
    .values({
      conversation: conversation.pk,
      user_id: member.user.id,
      app: pk,
      role: 'member',
      joined_n: 0,
      joined_at: at,
      rev: 1,
    })
    .execute();
  const sweep = () => node.auth.tasks[SWEEP]?.({}, { number: 1, last: false });
  const left = async () => {
    const rows = await node.db
      .selectFrom('users')
      .select('id')
      .where('id', 'in', [gone.user.id, member.user.id])
      .execute();
    return rows.map((r) => r.id).sort();
  };
  await sweep();
  expect(await left()).toEqual([gone.user.id, member.user.id].sort());
  node.clock.advance(LIMITS.refreshToken);
  const fresh = await guest();
  await sweep();
  expect(await left()).toEqual([member.user.id]);
  await node.auth.verifyAccessToken(fresh.accessToken);
  expect(await node.db.selectFrom('codes').select('id').execute()).toEqual([]);
});
