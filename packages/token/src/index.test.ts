import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { startTestNode, type TestNode } from 'inlay/testing';
import { signToken } from './index.mjs';

let node: TestNode;
let secret: string;
beforeAll(async () => {
  node = await startTestNode();
  const app = await node.db
    .selectFrom('apps')
    .select('secret')
    .where('id', '=', 'default')
    .executeTakeFirstOrThrow();
  ({ secret } = app);
});
afterAll(() => node.stop());

describe('a token', () => {
  test('lets a person in, who comes into being', async () => {
    const token = await signToken({ user: 'user:42', secret });
    expect((await node.http('auth.signInWithToken', { token })).user).toMatchObject({
      id: 'user:42',
      kind: 'host',
      name: null,
    });
  });

  test('brings name and picture along', async () => {
    const user = { id: 'ann', name: 'Ann Lee', avatar: 'https://example.com/ann.png' };
    const token = await signToken({ user, secret });
    expect((await node.http('auth.signInWithToken', { token })).user).toMatchObject(user);
  });

  test('of another secret lets nobody in', async () => {
    const token = await signToken({ user: 'ann', secret: 'not the secret' });
    await expect(node.http('auth.signInWithToken', { token })).rejects.toThrow('wrong_credentials');
  });

  test('ends when it is to end', async () => {
    const token = await signToken({ user: 'ann', secret, expiresIn: 60 });
    const { exp, iat } = JSON.parse(atob(token.split('.')[1] ?? ''));
    expect(exp - iat).toBe(60);
  });
});

describe('bad input is named', () => {
  const good = { user: 'ann', secret: 's' };
  test.each([
    ['user', { ...good, user: 'with space' }],
    ['user', { ...good, user: '' }],
    ['user', { ...good, user: 'a'.repeat(65) }],
    ['user', { secret: 's' }],
    ['user.name', { ...good, user: { id: 'ann', name: ' ' } }],
    ['user.avatar', { ...good, user: { id: 'ann', avatar: 'javascript:x' } }],
    ['secret', { ...good, secret: '' }],
    ['secret', { user: 'ann' }],
    ['expiresIn', { ...good, expiresIn: 0 }],
    ['expiresIn', { ...good, expiresIn: 86_401 }],
    ['expiresIn', { ...good, expiresIn: Number.NaN }],
  ])('%s of %j', async (field, options) => {
    await expect(signToken(options as Parameters<typeof signToken>[0])).rejects.toThrow(
      new RegExp(`^signToken: ${field}: expected `),
    );
  });
});
