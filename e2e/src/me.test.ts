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

const press = (window: Window, name: string) =>
  window.page.getByRole('button', { name, exact: true }).click();
const me = (window: Window) => window.page.locator('.inlay-me');
const dialog = (window: Window) => window.page.getByRole('dialog');

/** Someone in a window of their own, at their page. */
async function atMyPage(id: string, name: string, options: BrowserContextOptions = {}): Promise<Window> {
  const window = await Window.open(browser, options);
  await window.signIn(node.url, await node.token(id, name));
  await openMyPage(window);
  return window;
}

async function openMyPage(window: Window): Promise<void> {
  await press(window, 'My profile and settings');
  await me(window).getByText('This device', { exact: true }).waitFor();
}

/** Makes an account on the screen, and opens its page. */
async function signedUp(username: string, password: string): Promise<Window> {
  const window = await Window.open(browser);
  const { page } = window;
  await page.goto(node.url);
  await press(window, 'New here? Create an account');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(window, 'Create account');
  await window.online();
  await openMyPage(window);
  return window;
}

async function signIn(username: string, password: string): Promise<Window> {
  const window = await Window.open(browser);
  const { page } = window;
  await page.goto(node.url);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await window.online();
  return window;
}

describe.each([
  ['a desktop', {}],
  ['a phone', PHONE],
] as const)('on %s', (_, size) => {
  test('the page has no faults, nothing is cut off, the keyboard comes in and goes out', async () => {
    const window = await atMyPage('una', 'Una Vogel', size);
    const { page } = window;
    expect(await faults(page)).toEqual([]);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await shows(focused, 'Back to conversations');
    const wider = () =>
      me(window)
        .locator('.scroll')
        .evaluate((box) => box.scrollWidth > box.clientWidth);
    await shows(wider, false);
    await page.getByLabel('Text size').fill('3');
    await shows(wider, false);
    await page.keyboard.press('Escape');
    await me(window).waitFor({ state: 'detached' });
    await shows(focused, 'My profile and settings');
    await window.close();
  }, 60_000);
});

test('a changed name is seen by others at once', async () => {
  const [ann, ben] = await Promise.all([node.person('ann', 'Ann'), node.person('ben', 'Ben')]);
  await ben.call('messages.send', {
    conversation: 'direct:ann,ben',
    id: '019b0000-0000-7000-8000-000000000001',
    body: { kind: 'text', text: 'Hello' },
  });
  const [mine, theirs] = await Promise.all([Window.open(browser), Window.open(browser)]);
  await mine.signIn(node.url, ann.token);
  await theirs.signIn(node.url, ben.token);
  await theirs.row('Ann').waitFor();
  const { page } = mine;
  await openMyPage(mine);
  await press(mine, 'Edit profile');
  await dialog(mine).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByLabel('Name', { exact: true }).fill('Anna Baker');
  await press(mine, 'Save');
  await dialog(mine).waitFor({ state: 'detached' });
  await me(mine).locator('.profile strong', { hasText: 'Anna Baker' }).waitFor();
  await shows(() => page.evaluate(() => document.activeElement?.textContent), 'Edit profile');
  await theirs.row('Anna Baker').waitFor();
  await mine.close();
  await theirs.close();
}, 60_000);

test('who sees whether I am here', async () => {
  const cleo = await node.person('cleo', 'Cleo');
  const dan = await node.person('dan', 'Dan');
  await dan.call('messages.send', {
    conversation: 'direct:cleo,dan',
    id: '019b0000-0000-7000-8000-000000000002',
    body: { kind: 'text', text: 'Hello' },
  });
  const watching = await Window.open(browser);
  await watching.signIn(node.url, dan.token);
  const mine = await Window.open(browser);
  await mine.signIn(node.url, cleo.token);
  await openMyPage(mine);
  const here = watching.row('Cleo').getByLabel('Online');
  await here.waitFor();
  const choose = async (name: string) => {
    await mine.page.getByRole('radio', { name }).check();
  };
  await choose('Nobody');
  await here.waitFor({ state: 'detached' });
  await choose('Contacts');
  await here.waitFor();
  // It is kept on the node, not on the device.
  await mine.page.reload();
  await mine.page.getByRole('radio', { name: 'Contacts', checked: true }).waitFor();
  await mine.close();
  await watching.close();
}, 60_000);

test('devices: named here, signed out from afar, one by one and all at once', async () => {
  const window = await signedUp('ella', 'correct horse');
  const { page } = window;
  await me(window).getByText('You are signed in nowhere else.').waitFor();
  await press(window, 'Rename this device');
  await page.getByLabel('Name of this device').fill('Desk');
  await press(window, 'Save');
  await me(window).getByText('Desk').waitFor();

  const others = [await signIn('ella', 'correct horse'), await signIn('ella', 'correct horse')];
  // The list is fetched again when the page is looked at.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  const signOuts = me(window).getByRole('button', { name: 'Sign out Chrome, Linux' });
  await signOuts.nth(1).waitFor();
  expect(await faults(page)).toEqual([]);
  await signOuts.first().click();
  await dialog(window).getByRole('button', { name: 'Sign out' }).click();
  await signOuts.nth(1).waitFor({ state: 'detached' });
  await shows(() => signOuts.count(), 1);
  await Promise.race(others.map((other) => other.page.locator('.inlay-sign-in form').waitFor()));

  await press(window, 'Sign out all other devices');
  await dialog(window).getByText('1 device has to sign in again').waitFor();
  await dialog(window).getByRole('button', { name: 'Sign out' }).click();
  await me(window).getByText('You are signed in nowhere else.').waitFor();
  for (const other of others) {
    await other.page.getByText('This device was signed out. Please sign in again.').waitFor();
    await other.close();
  }
  await window.close();
}, 120_000);

test('a new password signs out all other devices', async () => {
  const window = await signedUp('finn', 'correct horse');
  const other = await signIn('finn', 'correct horse');
  const { page } = window;
  await press(window, 'Change password');
  await page.getByLabel('Current password').fill('wrong horse');
  await page.getByLabel('New password').fill('short');
  await dialog(window).getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Too short').waitFor();
  await page.getByLabel('New password').fill('better horse');
  await page.getByLabel('New password').press('Enter');
  await page.getByText('That does not match.').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByLabel('Current password').fill('correct horse');
  await page.getByLabel('Current password').press('Enter');
  await page.getByText('Your password is changed.').waitFor();
  await other.page.locator('.inlay-sign-in form').waitFor();
  await other.close();
  const again = await signIn('finn', 'better horse');
  await again.close();
  await window.online();
  await window.close();
}, 120_000);

describe('a guest makes an account and keeps everything', () => {
  test('with user name and password', async () => {
    const window = await Window.open(browser);
    const { page } = window;
    await page.goto(node.url);
    await press(window, 'Guest');
    await page.getByLabel('Your name').fill('Greta');
    await press(window, 'Continue as guest');
    await window.online();
    await openMyPage(window);
    expect(await faults(page)).toEqual([]);
    const id = await me(window).getByText('Your id:').textContent();
    await press(window, 'Create account');
    await page.getByLabel('User name').fill('greta');
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    expect(await faults(page)).toEqual([]);
    await dialog(window).getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Your account is ready.').waitFor();
    await me(window).getByText('You are here as a guest').waitFor({ state: 'detached' });
    const elsewhere = await signIn('greta', 'correct horse');
    await openMyPage(elsewhere);
    await shows(() => me(elsewhere).getByText('Your id:').textContent(), id);
    await me(elsewhere).locator('.profile strong', { hasText: 'Greta' }).waitFor();
    await elsewhere.close();
    await window.close();
  }, 60_000);

  test('with a one-time code, on a phone', async () => {
    const window = await Window.open(browser, PHONE);
    const { page } = window;
    await page.goto(node.url);
    await press(window, 'Guest');
    await press(window, 'Continue as guest');
    await window.online();
    await openMyPage(window);
    await press(window, 'Create account');
    await press(window, 'Code');
    await page.getByLabel('Phone number or e-mail address').fill('hanna@example.com');
    const from = node.output.length;
    await press(window, 'Send code');
    const [, code = ''] = await node.said(/\b(\d{6})\b/, from);
    await page.getByLabel('Code of six digits').fill(code);
    await page.getByText('Your account is ready.').waitFor();
    await me(window).getByText('You are here as a guest').waitFor({ state: 'detached' });
    await window.close();
  }, 60_000);
});

test('theme, size of the text and language are as chosen, at once and after a reload', async () => {
  const window = await atMyPage('ines', 'Ines');
  const { page } = window;
  const looks = () =>
    page.evaluate(() => {
      const kit = document.querySelector<HTMLElement>('.inlay');
      const pane = document.querySelector<HTMLElement>('.inlay-pane');
      return {
        dark: getComputedStyle(pane as HTMLElement).backgroundColor === 'rgb(23, 26, 36)',
        page: getComputedStyle(document.documentElement).colorScheme,
        size: getComputedStyle(pane as HTMLElement).fontSize,
        lang: kit?.lang,
      };
    });
  await shows(looks, { dark: false, page: 'light dark', size: '15px', lang: 'en' });
  await press(window, 'Dark');
  await page.getByLabel('Text size').focus();
  await page.keyboard.press('ArrowRight');
  await me(window).getByText('Large').waitFor();
  await page.getByLabel('Language').selectOption('zh-CN');
  await page.getByRole('heading', { name: '资料与设置' }).waitFor();
  const chosen = { dark: true, page: 'dark', size: '17px', lang: 'zh-CN' };
  await shows(looks, chosen);
  expect(await faults(page)).toEqual([]);
  await page.reload();
  await page.getByRole('heading', { name: '资料与设置' }).waitFor();
  await shows(looks, chosen);
  await window.close();
}, 60_000);

test('notifications: the browser is asked once they are wanted, and its no is explained', async () => {
  const window = await Window.open(browser);
  const { page } = window;
  await page.addInitScript(() => {
    const state = { permission: 'default' };
    const stub = Object.assign(function Notification() {}, {
      requestPermission: async () => {
        state.permission = localStorage.getItem('answer') ?? 'denied';
        return state.permission;
      },
    });
    Object.defineProperty(stub, 'permission', { get: () => state.permission });
    Object.defineProperty(globalThis, 'Notification', { value: stub });
  });
  await window.signIn(node.url, await node.token('jon', 'Jon'));
  await openMyPage(window);
  const wanted = page.getByRole('switch', { name: 'Notifications on this device' });
  await page.getByText('Your browser will ask you to allow them.').waitFor();
  await wanted.click();
  await page.getByText('Your browser blocks notifications from this page.').waitFor();
  await shows(() => wanted.isChecked(), false);
  await shows(() => wanted.isDisabled(), true);
  await page.evaluate(() => localStorage.setItem('answer', 'granted'));
  await page.reload();
  await wanted.click();
  await page.getByText('For messages that come while you look elsewhere.', { exact: true }).waitFor();
  await shows(() => wanted.isChecked(), true);
  await window.close();
}, 60_000);

test('the list of shortcuts says what Enter does', async () => {
  const window = await atMyPage('kay', 'Kay');
  const { page } = window;
  await page.getByRole('switch', { name: 'Enter sends the message' }).click();
  await page.getByText('Enter begins a new line, Ctrl + Enter sends.').waitFor();
  await press(window, 'Keyboard shortcuts');
  const send = dialog(window)
    .locator('div', { has: page.getByText('Send', { exact: true }) })
    .last();
  await shows(() => send.locator('kbd').allInnerTexts(), ['Ctrl', 'Enter']);
  expect(await faults(page)).toEqual([]);
  await window.close();
}, 60_000);

test('what is only loaded when it is needed says where it cannot be, and is tried again', async () => {
  const window = await Window.open(browser);
  const { page } = window;
  // A browser without service workers, which would have kept that part.
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  await window.signIn(node.url, await node.token('lea', 'Lea'));
  await page.route('**/*.js', (route) => route.abort());
  await press(window, 'My profile and settings');
  await page.getByText('This part could not be loaded').waitFor();
  await page.unroute('**/*.js');
  await press(window, 'Try again');
  await me(window).getByText('This device', { exact: true }).waitFor();
  await window.close();
}, 60_000);
