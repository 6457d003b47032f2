import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { shows } from './lib/shows.ts';
import { still } from './lib/still.ts';
import { closeWindows, Window } from './lib/window.ts';

const SERVER = fileURLToPath(new URL('../../apps/states/server.ts', import.meta.url));

let server: ChildProcess;
let url: string;
let browser: Browser;
beforeAll(async () => {
  server = spawn(process.execPath, ['--no-orphans', SERVER, '0', '--once'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [[line], started] = await Promise.all([
    once(server.stdout as NonNullable<typeof server.stdout>, 'data'),
    launch(),
  ]);
  url = /http\S+/.exec(String(line))?.[0] ?? '';
  browser = started;
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  const gone = once(server, 'exit');
  server.kill();
  await gone;
}, 60_000);

/** Rules about a page as a whole: this one shows many messengers at once. */
const WHOLE_PAGE = [
  'landmark-no-duplicate-main',
  'landmark-no-duplicate-banner',
  'landmark-unique',
  'landmark-banner-is-top-level',
  'landmark-main-is-top-level',
  'region',
  'heading-order',
  'page-has-heading-one',
];

/** The sections by id, as the page lists them. */
async function open(page: Page, look: Record<string, string>): Promise<string[]> {
  await page.goto(`${url}?${new URLSearchParams({ width: '360', ...look })}`);
  const links = page.locator('.page nav > ul > li > a');
  await links.first().waitFor();
  return await links.evaluateAll((all) => all.map((a) => (a.getAttribute('href') ?? '').slice(2)));
}

/** Shows a section, once all that it shows is there. */
async function show(page: Page, section: string): Promise<void> {
  await page.evaluate((id) => {
    location.hash = `#/${id}`;
  }, section);
  await page.waitForFunction((id) => {
    const states = [...document.querySelectorAll<HTMLElement>('.state')];
    const here = states.length > 0 && states.every((one) => one.id.startsWith(`${id}/`));
    const ready = states.every((one) => one.dataset.ready === 'true' && one.querySelector('.inlay *'));
    // A page of the messenger is loaded when it is first shown.
    const panes = [...document.querySelectorAll('.pane')].every((pane) => pane.childElementCount > 0);
    const banners = document.querySelectorAll(
      '.inlay-banner:not([data-state=online], [data-state=signedOut]) > p',
    );
    return here && ready && panes && (id !== 'banner' || banners.length === 5);
  }, section);
}

/** What is wider than the frame it is in; a text that ends with an ellipsis is meant to be. */
const tooWide = async (page: Page): Promise<string[]> => {
  // What slides in is for a moment where it does not belong.
  await still(page, true);
  return page.evaluate(() => {
    const wide = (each: Element): boolean => {
      const { overflowX, textOverflow } = getComputedStyle(each);
      if (textOverflow === 'ellipsis' || overflowX === 'visible' || each.matches('.inlay-unseen'))
        return false;
      return each.scrollWidth > each.clientWidth + 1;
    };
    return [...document.querySelectorAll('.frame, .frame *')]
      .filter(wide)
      .map(
        (each) =>
          `${each.closest('.state')?.id}: ${each.className} ${each.scrollWidth} > ${each.clientWidth}`,
      );
  });
};

/** Waits for what is loaded with its first use: the slider below an image to be cut, and the tabs of the picker. */
async function whole(page: Page): Promise<void> {
  const parts = { '.inlay-crop': '[type=range]', '.inlay-emoji-popover': '.kinds > [role=tab]' };
  for (const [over, part] of Object.entries(parts))
    if (await page.locator(over).isVisible()) await page.locator(`${over} ${part}`).first().waitFor();
}

/** What lies over the page, opened one after the other. */
async function overlays(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const opener of await page.locator('[data-opens]').all()) {
    await opener.click();
    const over = page.locator('.inlay-menu, .inlay-dialog, .inlay-toast, .inlay-emoji-popover');
    await over.first().waitFor();
    await whole(page);
    for (const tab of await page.locator('.inlay-pickers > .kinds > [role=tab]').all()) {
      await tab.click();
      await page.locator('.inlay-pickers > .panel .scroll img').first().waitFor();
      found.push(...(await faults(page, { within: '.inlay', without: WHOLE_PAGE })));
    }
    found.push(...(await faults(page, { within: '.inlay', without: WHOLE_PAGE })));
    if (await page.locator('.inlay-toast').isVisible())
      await page.locator('.inlay-toast .inlay-round').click();
    else await page.keyboard.press('Escape');
    await over.first().waitFor({ state: 'detached' });
  }
  return found;
}

const LOOKS = [
  ['in the light', { theme: 'light' }],
  ['in the dark, in Chinese', { theme: 'dark', locale: 'zh-CN' }],
  ['from right to left', { theme: 'light', direction: 'rtl' }],
] as const;

for (const [how, look] of LOOKS) {
  test(`every state ${how}: nothing that axe objects to, nothing wider than a phone`, async () => {
    const window = await Window.open(browser, { viewport: { width: 1280, height: 800 } });
    const { page } = window;
    const found: Record<string, string[]> = {};
    for (const section of await open(page, look)) {
      await show(page, section);
      const wrong = [
        ...(await tooWide(page)),
        ...(await faults(page, { within: '.frame', without: WHOLE_PAGE })),
      ];
      if (section === 'overlay') wrong.push(...(await overlays(page)));
      if (wrong.length > 0) found[section] = wrong;
    }
    expect(found).toEqual({});
    await window.close();
  }, 120_000);
}

test('a state has an address of its own', async () => {
  const window = await Window.open(browser);
  await window.page.goto(`${url}?theme=dark&width=360#/message/unread`);
  const state = window.page.locator('[id="message/unread"]');
  await state.locator('.inlay-unread').waitFor();
  const shown = () => state.evaluate((one) => one.getBoundingClientRect().top < innerHeight);
  await shows(shown, true);
  await shows(() => state.locator('.inlay').getAttribute('data-theme'), 'dark');
  await window.close();
});
