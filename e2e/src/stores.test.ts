import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { closeWindows, Window } from './lib/window.ts';
import page from './pages/stores.html';

interface Page {
  show(user: string): void;
  readonly told: readonly string[];
}

let browser: Browser;
let site: ReturnType<typeof Bun.serve>;
beforeAll(async () => {
  site = Bun.serve({ port: 0, hostname: '127.0.0.1', routes: { '/': page } });
  browser = await launch();
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await site.stop(true);
}, 60_000);

test('what changes between a rendering and its effects is shown, and a new store is followed before the old is let go', async () => {
  const window = await Window.open(browser);
  await window.page.goto(site.url.href);
  await window.page.getByText('ann: online').waitFor();
  await window.page.evaluate(() => (globalThis as unknown as Page).show('ben'));
  await window.page.getByText('ben: online').waitFor();
  expect(await window.page.evaluate(() => (globalThis as unknown as Page).told)).toEqual([
    'ann is followed',
    'ben is followed',
    'ann is let go',
  ]);
  await window.close();
}, 60_000);
