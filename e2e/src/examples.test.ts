import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createApiKey, DEFAULT_APP, startTestNode, type TestNode } from 'inlay/testing';
import type { Browser, Page } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

const EMBEDDING = fileURLToPath(new URL('../../examples/', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../docs/examples/', import.meta.url));

let node: TestNode;
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  node = await startTestNode({ env: { INLAY_ALLOWED_ORIGINS: '*' } });
});
afterEach(closeWindows);
afterAll(async () => {
  await browser?.close();
  await node?.stop();
});

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

/** The programs of the examples that run. */
const running = new Set<Bun.Subprocess>();
afterEach(async () => {
  for (const child of running) child.kill();
  await Promise.all([...running].map((child) => child.exited));
  running.clear();
});

/** Starts one of the examples as its `npm start` does, and waits for the address that it prints. It ends with the test. */
async function startExample(name: string) {
  const { secret } = await app();
  const { scripts } = await Bun.file(`${EMBEDDING}${name}/package.json`).json();
  const [program, ...args] = String(scripts.start).split(' ');
  expect(program).toBe('bun');
  const child = Bun.spawn([process.execPath, ...args], {
    cwd: `${EMBEDDING}${name}`,
    env: { ...process.env, CHAT_URL: node.url, CHAT_SECRET: secret, PORT: '0' },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  });
  running.add(child);
  let said = '';
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!/http\S+as=/.test(said)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`${name} did not start: ${said}`);
    said += value;
  }
  const [address = ''] = /http\S+as=/.exec(said) ?? [];
  return { address, secret };
}

/** How a person of each example gets to the conversation with the other one. */
const WAYS: Readonly<Record<string, (window: Window, other: { id: string; name: string }) => Promise<void>>> =
  {
    'one-tag': async ({ page }, { id }) => {
      await page.locator('inlay-launcher .launcher').waitFor();
      await page.evaluate((to) => globalThis.window.Inlay?.open({ to }), id);
    },
    'custom-element': async ({ page }) => await page.locator('inlay-chat textarea').waitFor(),
    react: async (window, { id, name }) => {
      const { page } = window;
      await window.online();
      if (id === 'ann') return await window.openConversation(name);
      await page.getByRole('button', { name: 'New conversation' }).first().click();
      await page.getByRole('combobox').first().fill(id);
      await page.getByRole('option').first().click();
    },
    headless: async ({ page }, { id }) => {
      await page.getByLabel('User id').fill(id);
      await page.getByRole('button', { name: 'Write to' }).click();
    },
  };

const write = async (page: Page, text: string): Promise<void> => {
  const field = page.getByRole('textbox', { name: 'Message' }).last();
  await field.fill(text);
  await field.press('Enter');
};

test.each(Object.keys(WAYS))('%s: two people sign in by the app, and talk', async (name) => {
  const example = await startExample(name);
  const received: Promise<string>[] = [];
  const visit = async (person: string) => {
    const window = await Window.open(browser);
    window.page.on('response', (answer) => received.push(answer.text().catch(() => '')));
    await window.page.goto(example.address + person);
    return window;
  };
  const [ann, bob] = [await visit('ann'), await visit('bob')];
  await WAYS[name]?.(ann, { id: 'bob', name: 'Bob Stone' });
  await write(ann.page, `Hello from ${name}`);
  await ann.page.getByText(`Hello from ${name}`).last().waitFor();
  await WAYS[name]?.(bob, { id: 'ann', name: 'Ann Lee' });
  await bob.page.getByText(`Hello from ${name}`).last().waitFor();
  await write(bob.page, `Hello back from ${name}`);
  await ann.page.getByText(`Hello back from ${name}`).last().waitFor();
  for (const text of await Promise.all(received)) expect(text).not.toContain(example.secret);
  expect(received.length).toBeGreaterThan(3);
  await Promise.all([ann.close(), bob.close()]);
});

test('react: who signs in with the app after someone else finds nothing of that one', async () => {
  const example = await startExample('react');
  const window = await Window.open(browser);
  const { page } = window;
  await page.goto(`${example.address}bob`);
  await window.online();
  await page.goto(`${example.address}ann`);
  await WAYS.react?.(window, { id: 'bob', name: 'Bob Stone' });
  await write(page, 'For Bob alone');
  await window.settled(1);
  await page.goto(`${example.address}dora`);
  await page.getByRole('button', { name: 'My profile and settings' }).click();
  await page.getByText('Your id: dora').waitFor();
  await window.online();
  await shows(() => page.locator('.inlay-conversation-row').count(), 0);
  await window.close();
});
