import { afterAll, beforeAll, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createApiKey, DEFAULT_APP, startTestNode, type TestNode } from 'inlay/testing';

const EXAMPLES = fileURLToPath(new URL('../../docs/examples/', import.meta.url));

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

/** Runs a command among the examples of the docs; it must end well. Gives what it printed. */
async function run(command: string[], env: Record<string, string>): Promise<string> {
  const child = Bun.spawn(command, {
    cwd: EXAMPLES,
    env: { ...process.env, CHAT_URL: node.url, ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  expect([code, code === 0 ? '' : err]).toEqual([0, '']);
  return out;
}

const app = () =>
  node.db.selectFrom('apps').selectAll().where('id', '=', DEFAULT_APP).executeTakeFirstOrThrow();

test('a backend in Node signs a token by which a person comes into being', async () => {
  const person = JSON.stringify({ id: 'alice', name: 'Alice Lee', avatar: 'https://example.com/alice.png' });
  const program = `import { chatToken } from './sign-token.mjs'; console.log(await chatToken(${person}));`;
  const node20 = Bun.which('node') ?? 'node';
  const { secret } = await app();
  const out = await run([node20, '--input-type=module', '-e', program], { CHAT_SECRET: secret });
  const { user } = await node.http('auth.signInWithToken', { token: out.trim() });
  expect(user).toMatchObject({ ...JSON.parse(person), kind: 'host' });
});

test('a backend with an API key makes people, a group and a message, and may repeat itself', async () => {
  const scopes = ['users:write', 'conversations:write', 'messages:write'] as const;
  const { key } = await createApiKey(node.db, {
    app: (await app()).pk,
    name: 'backend',
    scopes,
    at: new Date(),
    randomBytes,
  });
  const curl = async (file: string) => JSON.parse(await run(['sh', file], { CHAT_KEY: key }));
  expect((await curl('upsert-people.sh')).users.map((u: { name: string }) => u.name)).toEqual([
    'Alice Lee',
    'The Shop',
  ]);
  expect((await curl('create-room.sh')).conversation).toMatchObject({
    id: 'order-1042',
    kind: 'group',
    memberCount: 3,
  });
  const sent = await curl('send-as-backend.sh');
  expect(sent).toMatchObject({ n: 1 });
  expect(await curl('send-as-backend.sh')).toEqual(sent);
  const { messages } = await node.as('alice', 'messages.list', { conversation: 'direct:alice,shop' });
  expect(messages.map((m) => m.sender)).toEqual(['shop']);
});
