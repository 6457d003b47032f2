import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { Window } from './lib/window.ts';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true } as const;
const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

let node: NodeProcess;
let browser: Browser;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(['--demo']), launch()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await node.end();
}, 60_000);

/** The link of a demo person, as it was printed. */
const link = (person: string): string =>
  new RegExp(`http\\S+as=${person}#token=\\S+`).exec(node.output)?.[0] ?? '';

/** What axe finds wrong, by the rules of WCAG 2.2 AA and its own good practice. */
async function faults({ page }: Window): Promise<string[]> {
  const run = `${AXE}; axe.run({ resultTypes: ['violations'] })`;
  const { violations } = (await page.evaluate(run)) as {
    violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations.flatMap(({ id, nodes }) => nodes.map((n) => `${id}: ${n.html}\n${n.failureSummary}`));
}

describe.each(['light', 'dark'] as const)('axe finds no fault in %s', (colorScheme) => {
  test('signing in, the list, a conversation with menu and dialog', async () => {
    const window = await Window.open(browser, { colorScheme });
    const { page } = window;
    await page.goto(node.url);
    await page.locator('form').waitFor();
    expect(await faults(window)).toEqual([]);
    for (const way of ['Code', 'Guest', 'Token']) {
      await page.getByRole('button', { name: way, exact: true }).click();
      expect(await faults(window)).toEqual([]);
    }
    await page.goto(link('ann'));
    await window.row('Studio').waitFor();
    await window.online();
    expect(await faults(window)).toEqual([]);
    await window.openConversation('Studio');
    await window.message('wooden frames').waitFor();
    expect(await faults(window)).toEqual([]);
    await window.message('wooden frames').hover();
    await window.message('wooden frames').getByRole('button', { name: 'Message actions' }).click();
    expect(await faults(window)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Conversation menu' }).click();
    await page.getByRole('button', { name: 'Members' }).click();
    await page.getByRole('dialog').getByRole('strong').getByText('王芳').waitFor();
    expect(await faults(window)).toEqual([]);
    await window.close();
  }, 90_000);
});

test('a phone of 360 pixels shows the list or a conversation, and nothing is cut off', async () => {
  const window = await Window.open(browser, PHONE);
  const { page } = window;
  const overflows = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  await page.goto(node.url);
  await page.locator('form').waitFor();
  expect(await overflows()).toBe(false);
  await page.goto(link('ben'));
  await window.openConversation('Studio');
  expect(await window.row('Studio').isVisible()).toBe(false);
  expect(await overflows()).toBe(false);
  await window.message('The blue tiles').getByRole('button', { name: 'Message actions' }).first().click();
  const menu = await page.locator('.menu:not([hidden])').boundingBox();
  expect(menu?.x).toBeGreaterThanOrEqual(0);
  expect((menu?.x ?? 0) + (menu?.width ?? 0)).toBeLessThanOrEqual(360);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Back to conversations' }).click();
  await window.row('Studio').waitFor();
  await page.goBack();
  await page.locator('.conversation').waitFor();
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
  expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  expect(await faults(window)).toEqual([]);
  await page.getByRole('button', { name: '菜单', exact: true }).click();
  await page.getByLabel('语言').selectOption('en');
  await page.getByText('Ann Baker started “Studio 工作室”').waitFor();
  await page.reload();
  await page.getByText('Ann Baker started “Studio 工作室”').waitFor();
  await window.close();
}, 60_000);

test('everything that is done to a message: reply, react, edit, take back, delete, and a draft kept in step', async () => {
  const [carla, other] = await Promise.all([Window.open(browser), Window.open(browser)]);
  await carla.page.goto(link('carla'));
  await other.page.goto(link('carla'));
  await Promise.all([carla, other].map((window) => window.openConversation('Studio')));
  const act = async (text: string, name: string) => {
    await carla.message(text).first().hover();
    await carla.message(text).first().getByRole('button', { name: 'Message actions' }).click();
    await carla.page.getByRole('button', { name, exact: true }).click();
  };
  await carla.write('One');
  await carla
    .message('One')
    .getByLabel(/Sent|Delivered|Read/)
    .waitFor();
  await act('One', 'React with 🎉');
  await other.message('One').getByRole('button', { name: '🎉, 1 reaction' }).waitFor();
  await act('The blue tiles', 'Reply');
  await carla.write('Fine');
  await other.message('Fine').getByRole('button', { name: 'Ben Okafor' }).click();
  await other.page.locator('.message.found', { hasText: 'The blue tiles' }).waitFor();
  await act('Fine', 'Take back for everyone');
  await other.message('You took this message back').waitFor();
  await carla.page.locator('textarea').press('ArrowUp');
  await carla.page.waitForFunction(() => document.querySelector('textarea')?.value === 'One');
  await carla.write('One, edited');
  await other.message('One, edited').getByText('edited', { exact: true }).waitFor();
  await carla.page.locator('textarea').fill('half a thou');
  await other.page.waitForFunction(() => document.querySelector('textarea')?.value === 'half a thou');
  await carla.write('Two');
  await other.page.waitForFunction(() => document.querySelector('textarea')?.value === '');
  await act('Two', 'Take back for everyone');
  await other.message('You took this message back').nth(1).waitFor();
  await act('One, edited', 'Delete for me');
  await other.message('One, edited').waitFor({ state: 'detached' });
  expect(await carla.message('One, edited').count()).toBe(0);
  await carla.close();
  await other.close();
}, 90_000);

test('what is written while a conversation only comes into being, or while there is no connection, is not lost', async () => {
  const [ben, carla] = await Promise.all([Window.open(browser), Window.open(browser)]);
  await ben.page.goto(link('ben'));
  await carla.page.goto(link('carla'));
  await carla.online();
  await ben.page.getByRole('button', { name: 'New conversation' }).first().click();
  await ben.page.getByLabel('User id').fill('carla');
  await ben.page.getByRole('button', { name: 'Write message' }).click();
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
  expect(await ben.page.locator('textarea').inputValue()).toBe('not lost');
  await ben.close();
  await carla.close();
}, 90_000);
