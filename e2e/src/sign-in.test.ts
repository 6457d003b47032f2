import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true } as const;

let node: NodeProcess;
let browser: Browser;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
}, 60_000);

async function atTheDoor(options: BrowserContextOptions = {}): Promise<Window> {
  const window = await Window.open(browser, options);
  await window.page.goto(node.url);
  await window.page.locator('.inlay-sign-in form').waitFor();
  return window;
}

const press = (window: Window, name: string) =>
  window.page.getByRole('button', { name, exact: true }).click();
const submit = (window: Window) => window.page.locator('form button[type=submit]').click();
const password = (window: Window) => window.page.getByLabel('Password', { exact: true });

/** Waits until someone is signed in under this name, which their page shows; goes back to the list. */
async function isMe(window: Window, name: string): Promise<void> {
  await window.online();
  await press(window, 'My profile and settings');
  await window.page.locator('.inlay-me .profile strong', { hasText: name }).waitFor();
  await press(window, 'Back to conversations');
}

async function signOut(window: Window): Promise<void> {
  await press(window, 'My profile and settings');
  await press(window, 'Sign out');
  await window.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await window.page.locator('.inlay-sign-in form').waitFor();
}

describe.each([
  ['a desktop', {}],
  ['a phone', PHONE],
] as const)('on %s', (_, size) => {
  const someone = size === PHONE ? 'dora' : 'dirk';

  test('user name and password: making an account, signing out, signing in', async () => {
    const window = await atTheDoor(size);
    const { page } = window;
    await press(window, 'New here? Create an account');
    await page.getByLabel('User name').fill('-');
    await password(window).fill('short');
    await press(window, 'Create account');
    await page.getByText('Too short: at least 8 characters.').waitFor();
    await shows(
      () => page.getByLabel('User name').evaluate((field) => field === document.activeElement),
      true,
    );
    expect(await faults(page)).toEqual([]);
    await page.getByLabel('User name').fill(someone);
    await password(window).fill('correct horse');
    await page.getByLabel('Your name').fill('Dora Lind');
    await press(window, 'Create account');
    await isMe(window, 'Dora Lind');

    await signOut(window);
    await press(window, 'New here? Create an account');
    await page.getByLabel('User name').fill(someone);
    await password(window).fill('another horse');
    await password(window).press('Enter');
    await page.getByText('That name is taken.').waitFor();
    await press(window, 'Have an account? Sign in');
    await page.getByLabel('User name').fill(someone);
    await password(window).fill('wrong horse');
    await submit(window);
    await page.getByText('That does not match.').waitFor();
    await password(window).fill('correct horse');
    await password(window).press('Enter');
    await isMe(window, 'Dora Lind');

    // A reload goes on with the sign-in that is kept.
    await page.reload();
    await isMe(window, 'Dora Lind');
    await window.close();
  }, 60_000);
});

test('what is written as a password can be looked at', async () => {
  const window = await atTheDoor();
  await password(window).fill('correct horse');
  await shows(() => password(window).getAttribute('type'), 'password');
  await press(window, 'Show what is written');
  await shows(() => password(window).getAttribute('type'), 'text');
  await press(window, 'Hide what is written');
  await shows(() => password(window).getAttribute('type'), 'password');
  await window.close();
}, 60_000);

/** The fields that password managers and phones fill in, and what they take them for. */
const autocompletes = (window: Window) =>
  window.page
    .locator('form input')
    .evaluateAll((fields) =>
      (fields as HTMLInputElement[]).map(({ name, autocomplete }) => `${name}: ${autocomplete}`),
    );

test('password managers know what each field is', async () => {
  const window = await atTheDoor();
  await shows(() => autocompletes(window), ['username: username', 'password: current-password']);
  await press(window, 'New here? Create an account');
  await shows(() => autocompletes(window), ['username: username', 'password: new-password', 'name: name']);
  await window.close();
}, 60_000);

describe.each([
  ['a desktop', {}],
  ['a phone', PHONE],
] as const)('on %s', (_, size) => {
  const address = size === PHONE ? '+491701234567' : 'emil@example.com';

  test('a one-time code, which the terminal shows: it is pasted with words around it, and sent by itself', async () => {
    const window = await atTheDoor(size);
    const { page } = window;
    await press(window, 'Code');
    await page.getByLabel('Phone number or e-mail address').fill('emil');
    await press(window, 'Send code');
    await page.getByText('Enter an e-mail address, or a phone number').waitFor();
    await page.getByLabel('Phone number or e-mail address').fill(address);
    await page.getByLabel('Your name').fill('Emil Roth');
    const from = node.output.length;
    await press(window, 'Send code');
    const [, code = ''] = await node.said(/\b(\d{6})\b/, from);
    const field = page.getByLabel('Code of six digits');
    await page.getByText(`A code is on its way to ${address}.`).waitFor();
    await shows(() => field.evaluate((input) => input === document.activeElement), true);
    await shows(() => autocompletes(window), ['code: one-time-code']);
    await page.getByText(/Another code in \d+/).waitFor();
    expect(await faults(page)).toEqual([]);

    const wrong = code === '000000' ? '000001' : '000000';
    await field.fill(wrong);
    await page.getByText('That does not match.').waitFor();
    await field.fill(`Your code is ${code.slice(0, 3)} ${code.slice(3)}.`);
    await isMe(window, 'Emil Roth');
    await window.close();
  }, 60_000);
});

test('another code can be asked for once the first one is a minute old', async () => {
  const window = await atTheDoor();
  const { page } = window;
  await page.clock.install();
  await press(window, 'Code');
  await page.getByLabel('Phone number or e-mail address').fill('hal@example.com');
  await press(window, 'Send code');
  await page.getByText(/Another code in \d+/).waitFor();
  await page.clock.fastForward(61_000);
  await page.getByRole('button', { name: 'Send another code' }).click();
  // The node's own minute has not passed: it says how long to wait, and the page counts down again.
  await page.getByText(/Another code in \d+/).waitFor();
  await press(window, 'Use another address');
  await shows(() => page.getByLabel('Phone number or e-mail address').inputValue(), 'hal@example.com');
  await window.close();
}, 60_000);

test('a guest', async () => {
  const window = await atTheDoor();
  await press(window, 'Guest');
  await window.page.getByLabel('Your name').fill('A visitor');
  await press(window, 'Continue as guest');
  await isMe(window, 'A visitor');
  await window.close();
}, 60_000);

test('a token of the host app, typed in or in the address, which does not keep it', async () => {
  const token = await node.token('fay', 'Fay');
  const typed = await atTheDoor();
  await press(typed, 'Token');
  await submit(typed);
  await typed.page.getByText('Please fill this in.').waitFor();
  await typed.page.getByLabel('Token from your app').fill('nonsense');
  await submit(typed);
  await typed.page.getByText('That does not match.').waitFor();
  await typed.page.getByLabel('Token from your app').fill(token);
  await submit(typed);
  await isMe(typed, 'Fay');
  await typed.close();

  const linked = await Window.open(browser);
  await linked.page.goto(`${node.url}/?as=fay#token=${token}`);
  await isMe(linked, 'Fay');
  await shows(() => linked.page.url(), `${node.url}/?as=fay`);
  await linked.page.goto(`${node.url}/#token=nonsense`);
  await linked.page.getByText('That does not match.').waitFor();
  await shows(() => linked.page.url(), `${node.url}/`);
  await linked.close();
}, 60_000);

test('the language is chosen before anybody is signed in', async () => {
  const window = await atTheDoor(PHONE);
  const { page } = window;
  await page.getByLabel('Language').selectOption('zh-CN');
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  await shows(() => page.getAttribute('html', 'lang'), 'zh-CN');
  expect(await faults(page)).toEqual([]);
  await page.reload();
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  await window.close();
}, 60_000);

test('a way that this node refuses says what to do instead', async () => {
  const window = await atTheDoor();
  const { page } = window;
  await page.route('**/v1/auth.signInAsGuest', (route) =>
    route.fulfill({
      status: 403,
      json: { error: { code: 'forbidden', message: 'This app does not let guests in.' } },
    }),
  );
  await press(window, 'Guest');
  await press(window, 'Continue as guest');
  await page.getByText('Guests are not let in here. Choose another way to sign in.').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.unroute('**/v1/auth.signInAsGuest');
  await page.context().setOffline(true);
  await press(window, 'Continue as guest');
  await page.getByText('The server cannot be reached.').waitFor();
  await page.context().setOffline(false);
  await press(window, 'Continue as guest');
  await window.online();
  await window.close();
}, 60_000);

test('two tabs of one browser are one sign-in: what one writes the other shows, and both sign out', async () => {
  const window = await Window.open(browser);
  await window.signIn(node.url, await node.token('gus', 'Gus'));
  const second = await window.page.context().newPage();
  await second.goto(`${node.url}/#/c/direct:gus,gus`);
  await second.getByRole('heading', { name: 'Notes to yourself' }).waitFor();
  await second.locator('textarea').fill('Buy milk');
  await second.locator('textarea').press('Enter');
  await window.row('Notes to yourself').getByText('Buy milk').waitFor();
  await signOut(window);
  await second.getByLabel('User name').waitFor();
  // Whoever comes next is not led to what was open.
  await shows(() => second.url(), `${node.url}/`);
  await window.close();
}, 60_000);
