import { afterAll, beforeAll, expect, test } from 'bun:test';
import { fileURLToPath } from 'node:url';
import { signHostToken, startTestNode, type TestNode } from 'inlay/testing';

const EXAMPLE = fileURLToPath(new URL('../../packages/client/examples/hello.ts', import.meta.url));

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

/** Runs the example as a program of its own. */
async function hello(token: string) {
  const child = Bun.spawn([process.execPath, EXAMPLE], {
    env: { ...process.env, CHAT_URL: node.url, CHAT_TOKEN: token },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, code] = await Promise.all([new Response(child.stdout).text(), child.exited]);
  return { out, code };
}

async function secret(): Promise<string> {
  const app = await node.db
    .selectFrom('apps')
    .select('secret')
    .where('id', '=', 'default')
    .executeTakeFirstOrThrow();
  return app.secret;
}

test('the ten lines of the README send a message that the other side gets', async () => {
  const token = signHostToken(await secret(), 'alice');
  expect(await hello(token)).toEqual({ out: 'Message 1 is sent.\n', code: 0 });
  const { messages } = await node.as('bob', 'messages.list', { conversation: 'direct:alice,bob' });
  expect(messages.map(({ n, sender, body }) => [n, sender, body])).toEqual([
    [1, 'alice', { kind: 'text', text: 'Hello!' }],
  ]);
  const bob = await node.peer('bob');
  expect(await hello(token)).toEqual({ out: 'Message 2 is sent.\n', code: 0 });
  expect(await bob.event('message.new')).toMatchObject({
    conversation: 'direct:alice,bob',
    message: { n: 2, sender: 'alice' },
  });
});

test('without a token that the app signed, nothing is sent', async () => {
  const { out, code } = await hello(signHostToken('not the secret', 'alice'));
  expect([out, code]).toEqual(['', 1]);
});
