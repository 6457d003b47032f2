import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { Window } from './lib/window.ts';

let node: NodeProcess;
let browser: Browser;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await node.end();
}, 60_000);

async function atTheDoor(): Promise<Window> {
  const window = await Window.open(browser);
  await window.page.goto(node.url);
  await window.page.getByRole('heading', { name: 'Inlay' }).waitFor();
  return window;
}

const press = (window: Window, name: string) =>
  window.page.getByRole('button', { name, exact: true }).click();
const heading = (window: Window, name: string) =>
  window.page.getByRole('heading', { name, level: 1 }).waitFor();

test('user name and password: making an account, signing out, signing in', async () => {
  const window = await atTheDoor();
  const { page } = window;
  await press(window, 'New here? Create an account');
  await page.getByLabel('User name').fill('dora');
  await page.getByLabel('Password').last().fill('correct horse');
  await page.getByLabel('Your name').fill('Dora Lind');
  await press(window, 'Create account');
  await heading(window, 'Dora Lind');
  await window.online();

  await press(window, 'Menu');
  await press(window, 'Sign out');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('User name').fill('dora');
  await page.getByLabel('Password').last().fill('wrong horse');
  await page.locator('form button[type=submit]').click();
  await page.getByText('That does not match.').waitFor();
  await page.getByLabel('Password').last().fill('correct horse');
  await page.locator('form button[type=submit]').click();
  await heading(window, 'Dora Lind');

  // A reload goes on with the sign-in that is kept.
  await page.reload();
  await heading(window, 'Dora Lind');
  await window.online();
  await window.close();
}, 60_000);

test('a one-time code by e-mail, which the terminal shows', async () => {
  const window = await atTheDoor();
  await press(window, 'Code');
  await window.page.getByLabel('Phone number or e-mail address').fill('emil@example.com');
  const from = node.output.length;
  await press(window, 'Send code');
  const [, code = ''] = await node.said(/\b(\d{6})\b/, from);
  await window.page.getByLabel('Code of six digits').fill(code);
  await window.page.locator('form button[type=submit]').click();
  await window.online();
  await window.close();
}, 60_000);

test('a guest', async () => {
  const window = await atTheDoor();
  await press(window, 'Guest');
  await window.page.getByLabel('Your name').fill('A visitor');
  await press(window, 'Continue as guest');
  await heading(window, 'A visitor');
  await window.online();
  await window.close();
}, 60_000);

test('a token of the host app, typed in or in the address, which does not keep it', async () => {
  const token = await node.token('fay', 'Fay');
  const typed = await atTheDoor();
  await press(typed, 'Token');
  await typed.page.getByLabel('Token from your app').fill(token);
  await typed.page.locator('form button[type=submit]').click();
  await heading(typed, 'Fay');
  await typed.close();

  const linked = await Window.open(browser);
  await linked.page.goto(`${node.url}/?as=fay#token=${token}`);
  await heading(linked, 'Fay');
  expect(linked.page.url()).toBe(`${node.url}/?as=fay`);
  await linked.page.goto(`${node.url}/#token=nonsense`);
  await linked.page.getByText('That does not match.').waitFor();
  expect(linked.page.url()).toBe(`${node.url}/`);
  await linked.close();
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
  await press(window, 'Menu');
  await press(window, 'Sign out');
  await window.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await second.getByLabel('User name').waitFor();
  await window.close();
}, 60_000);
