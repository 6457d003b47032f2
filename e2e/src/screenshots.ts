/** Makes the pictures of the README and the docs from the real page: `npm run screenshots -w @inlay-im/e2e`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { shrink } from './lib/png.ts';
import { Window } from './lib/window.ts';

interface Picture extends BrowserContextOptions {
  readonly name: string;
  readonly person: string;
  /** What is opened, if not the studio's group. */
  readonly title?: string;
  /** What is done once the conversation is open. */
  then?(page: Page): Promise<unknown>;
}

const DEMO_FILES = fileURLToPath(new URL('../../packages/server/src/demo/', import.meta.url));

const DESK = { viewport: { width: 1120, height: 720 }, deviceScaleFactor: 1.5 };
const WIDE = { viewport: { width: 1360, height: 780 }, deviceScaleFactor: 1.25 };
const PHONE = { viewport: { width: 360, height: 720 }, deviceScaleFactor: 2, hasTouch: true };

const details = async (page: Page): Promise<void> => {
  await page.locator('.inlay-head-title').click();
  await page.locator('.pane.details li').nth(4).waitFor();
  // Away from the button that was pressed, which looks pressed under the pointer.
  await page.mouse.move(0, 0);
};

const emoji = async (page: Page): Promise<void> => {
  await page.locator('textarea').fill('That is great news ');
  await page.getByRole('button', { name: 'Emoji' }).click();
  await page.getByRole('gridcell').first().waitFor();
};

const gallery = async (page: Page): Promise<void> => {
  await page.locator('.inlay-tile').first().getByRole('button').click();
  await page.locator('.inlay-gallery img').first().waitFor();
  await page.waitForLoadState('networkidle');
};

const prepare = async (page: Page): Promise<void> => {
  const names = ['harbour', 'olive', 'brick'].map((name) => `${DEMO_FILES}${name}.jpg`);
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach' }).click();
  await page.getByRole('menuitem').first().click();
  await (await asked).setFiles(names);
  const dialog = page.getByRole('dialog');
  await dialog.locator('li img').nth(2).waitFor();
  await dialog.locator('textarea').fill('From this morning. Which one is for the window?');
};

const stickers = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Emoji' }).click();
  await page.getByRole('tab', { name: 'Stickers' }).click();
  await page.locator('.inlay-sticker-picker .stickers img').nth(7).waitFor();
  await page.waitForLoadState('networkidle');
};

const record = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Record a voice message' }).tap();
  await page.locator('.inlay-recorder .time', { hasText: '0:04' }).waitFor();
};

const PICTURES: readonly Picture[] = [
  { name: 'messenger-light', person: 'ann', ...DESK },
  { name: 'messenger-dark', person: 'ben', ...DESK, colorScheme: 'dark' },
  { name: 'messenger-zh-CN', person: 'wangfang', ...DESK, locale: 'zh-CN' },
  { name: 'messenger-phone', person: 'carla', ...PHONE },
  { name: 'details', person: 'ann', ...WIDE, then: details },
  { name: 'emoji', person: 'ann', ...DESK, then: emoji },
  { name: 'media', person: 'ann', title: 'Ben', ...DESK },
  { name: 'gallery', person: 'ann', ...DESK, deviceScaleFactor: 1, then: gallery },
  { name: 'prepare', person: 'ben', ...DESK, then: prepare },
  { name: 'stickers', person: 'carla', ...DESK, colorScheme: 'dark', then: stickers },
  { name: 'recorder', person: 'ann', title: 'Ben', ...PHONE, then: record },
];

/** A page of someone else's, with the widget on it. */
const hostPage = (node: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Tiles and Stones</title>
<style>
  body { margin: 0; font: 17px/1.6 Georgia, serif; color: #2b2622; background: #faf6ef; }
  header { padding: 28px 56px; border-bottom: 1px solid #e2d8c8; font-size: 24px; letter-spacing: 0.04em; }
  main { padding: 40px 56px; max-width: 560px; }
  h1 { margin: 0 0 12px; font-size: 38px; line-height: 1.15; font-weight: 400; }
  ul { display: grid; grid-template-columns: repeat(3, 1fr); gap: 20px; margin: 32px 0 0; padding: 0; list-style: none; }
  li::before { content: ""; display: block; height: 110px; border-radius: 4px; background: var(--tile); margin-bottom: 8px; }
</style>
<header>Tiles &amp; Stones</header>
<main><h1>Handmade tiles from our own kiln</h1>
<p>Every one of them is glazed by hand. Ask us about colours, sizes and how long it takes.</p>
<ul><li style="--tile: #3d6f8e">Harbour</li><li style="--tile: #b9653a">Brick</li><li style="--tile: #7d8b5a">Olive</li></ul></main>
<script src="${node}/widget.js" data-token-url="/chat-token" data-conversation="direct:ann,ben" data-open async></script>
</html>`;

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
await mkdir(folder, { recursive: true });

const save = async (page: Page, name: string): Promise<void> => {
  const picture = shrink(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  console.log(`${name}: ${Math.round(picture.length / 1000)} kB`);
  await writeFile(`${folder}${name}.png`, picture);
};

/** What the host page's server answers, once the node is there. */
const said = { page: '', token: '' };
const host = Bun.serve({
  port: 0,
  routes: {
    '/': () => new Response(said.page, { headers: { 'content-type': 'text/html' } }),
    '/chat-token': () => new Response(said.token),
  },
});
const [node, browser] = await Promise.all([
  NodeProcess.start(['--demo'], { INLAY_ALLOWED_ORIGINS: host.url.origin }),
  // A microphone that beeps, for whoever asks.
  launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']),
]);
const link = (person: string): string =>
  new RegExp(`http\\S+as=${person}#token=\\S+`).exec(node.output)?.[0] ?? '';

async function widget(): Promise<void> {
  said.page = hostPage(node.url);
  said.token = link('ann').split('#token=')[1] as string;
  const window = await Window.open(browser, DESK);
  await window.page.goto(host.url.href);
  await window.page.locator('.inlay-message').last().waitFor();
  await window.page.locator('textarea').click();
  await save(window.page, 'widget');
  await window.close();
}

try {
  // Others are here, and one of them types, so that the pictures show it.
  const [other, idle] = await Promise.all([Window.open(browser), Window.open(browser)]);
  await idle.page.goto(link('ben'));
  await idle.online();
  await other.page.goto(link('liwei'));
  await other.openConversation('Studio');
  for (const { name, person, title = 'Studio', then, ...options } of PICTURES) {
    const window = await Window.open(browser, options);
    await window.page.goto(link(person));
    await window.openConversation(title);
    await window.online();
    // What stands in messages is there with its pixels.
    await window.page.locator('.inlay-message').last().waitFor();
    // At the newest message, whatever was not read.
    const newest = window.page.locator('.inlay-jumps button').last();
    if (await newest.isVisible()) await newest.click();
    await newest.waitFor({ state: 'detached' });
    await window.page.waitForLoadState('networkidle');
    await then?.(window.page);
    if (title === 'Studio') {
      await other.page.locator('textarea').fill('');
      await other.page.locator('textarea').pressSequentially('.');
      await window.page.locator('.inlay-head .inlay-standing.typing').waitFor();
    }
    await save(window.page, name);
    await window.close();
  }
  await widget();
} finally {
  await browser.close();
  await node.end();
  await host.stop(true);
}
