import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true } as const;

let node: NodeProcess;
let browser: Browser;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(['--demo']), launch()]);
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
}, 60_000);

/** The link of a demo person, as it was printed. */
const link = (person: string): string =>
  new RegExp(`http\\S+as=${person}#token=\\S+`).exec(node.output)?.[0] ?? '';

describe.each(['light', 'dark'] as const)('axe finds no fault in %s', (colorScheme) => {
  test('signing in, the list, a conversation with menu and dialog', async () => {
    const window = await Window.open(browser, { colorScheme });
    const { page } = window;
    await page.goto(node.url);
    await page.locator('form').waitFor();
    expect(await faults(window.page)).toEqual([]);
    for (const way of ['Code', 'Guest', 'Token']) {
      await page.getByRole('button', { name: way, exact: true }).click();
      expect(await faults(window.page)).toEqual([]);
    }
    await page.goto(link('ann'));
    await window.row('Studio').waitFor();
    await window.online();
    expect(await faults(window.page)).toEqual([]);
    await window.openConversation('Studio');
    await window.message('wooden frames').waitFor();
    expect(await faults(window.page)).toEqual([]);
    const bubble = window.message('wooden frames').locator('.inlay-bubble');
    // The bar goes where something scrolls, so that scrolling comes first.
    await bubble.scrollIntoViewIfNeeded();
    await bubble.hover();
    await page.getByRole('button', { name: 'Message actions' }).click();
    await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
    expect(await faults(window.page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Conversation menu' }).click();
    await page.getByRole('menuitem', { name: 'Details' }).waitFor();
    expect(await faults(window.page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Details' }).click();
    await page.locator('.pane.details').getByText('王芳').waitFor();
    expect(await faults(window.page)).toEqual([]);
    await window.close();
  }, 90_000);
});

test('a phone of 360 pixels shows the list or a conversation, and nothing is cut off', async () => {
  const window = await Window.open(browser, PHONE);
  const { page } = window;
  const overflows = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  await page.goto(node.url);
  await page.locator('form').waitFor();
  await shows(overflows, false);
  await page.goto(link('ben'));
  await window.openConversation('Studio');
  await shows(() => window.row('Studio').isVisible(), false);
  await shows(overflows, false);
  await page.getByRole('button', { name: 'Back to conversations' }).click();
  await window.row('Studio').waitFor();
  // The button went back in the history, so that the browser's own does not lead round in a circle.
  await page.goForward();
  await page.locator('.inlay-conversation').waitFor();
  await page.goBack();
  await window.row('Studio').waitFor();
  await shows(overflows, false);
  await window.close();
}, 60_000);

test('Chinese for those whose browser asks for it, and for those who choose it', async () => {
  const window = await Window.open(browser, { locale: 'zh-CN' });
  const { page } = window;
  await page.goto(node.url);
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  await page.goto(link('liwei'));
  await window.openConversation('Studio');
  await page.getByText('Ann Baker创建了“Studio 工作室”').waitFor();
  await shows(() => page.getAttribute('html', 'lang'), 'zh-CN');
  expect(await faults(window.page)).toEqual([]);
  await page.getByRole('button', { name: '我的资料和设置' }).click();
  await page.getByLabel('语言').selectOption('en');
  await page.getByText('Ann Baker started “Studio 工作室”').waitFor();
  await page.reload();
  await page.getByText('Ann Baker started “Studio 工作室”').waitFor();
  await window.close();
}, 60_000);

test('what is written while a conversation only comes into being, or while there is no connection, is not lost', async () => {
  const [ben, carla] = await Promise.all([Window.open(browser), Window.open(browser)]);
  await ben.page.goto(link('ben'));
  await carla.page.goto(link('carla'));
  await carla.online();
  await ben.online();
  await ben.goTo('direct:ben,carla');
  const texts = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
  for (const text of texts) await ben.write(text);
  expect(await ben.settled(texts.length)).toEqual(texts);
  await carla.openConversation('Ben');
  await ben.message('Six').getByLabel('Read', { exact: true }).waitFor();

  await ben.page.context().setOffline(true);
  await ben.page.getByText('You are offline.').waitFor();
  await ben.page.locator('textarea').fill('not lost');
  await carla.write('Seven');
  await ben.page.context().setOffline(false);
  await ben.message('Seven').waitFor();
  await shows(() => ben.page.locator('textarea').inputValue(), 'not lost');
  await ben.close();
  await carla.close();
}, 90_000);
