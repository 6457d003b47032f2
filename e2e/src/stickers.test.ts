import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { movingPicture, picture } from './lib/media.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1100, height: 760 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 640 },
  hasTouch: true,
  isMobile: true,
};

const INKY = fileURLToPath(new URL('../../packages/server/src/stickers/inky', import.meta.url));

let node: NodeProcess;
let browser: Browser;
let folder: string;

/** Publishes an emoji as whoever runs the node does. */
async function publish(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const path = join(folder, `${name}.png`);
  await Bun.write(path, bytes);
  await node.command('emoji', 'add', name, path);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inlay-stickers-'));
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
  await publish('party', await picture(96, 96));
  await node.command('stickers', 'add', INKY);
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** Two people who have written to each other, each in a window with their conversation open. */
async function two(a: string, b: string, options: BrowserContextOptions = DESKTOP) {
  const [ann, ben] = await Promise.all([node.person(a, `Ann of ${a}`), node.person(b, `Ben of ${b}`)]);
  const conversation = `direct:${a},${b}`;
  const body = { kind: 'text' as const, text: 'Hello' };
  await ben.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body });
  const [mine, theirs] = await Promise.all([Window.open(browser, options), Window.open(browser, DESKTOP)]);
  await Promise.all([mine.signIn(node.url, ann.token), theirs.signIn(node.url, ben.token)]);
  await Promise.all([mine.goTo(conversation), theirs.goTo(conversation)]);
  await Promise.all([mine.message('Hello').waitFor(), theirs.message('Hello').waitFor()]);
  return { ann, ben, mine, theirs, conversation };
}

const closed = (...windows: Window[]) => Promise.all(windows.map((window) => window.close()));
const openPicker = (window: Window) =>
  window.page.getByRole('button', { name: 'Emoji', exact: true }).click();
/** Waits until an image has its pixels, and gives how wide it is drawn. */
async function drawn(image: Locator): Promise<number> {
  await image.waitFor();
  return await image.evaluate(async (shown) => {
    await (shown as HTMLImageElement).decode();
    return shown.getBoundingClientRect().width;
  });
}

describe('emoji of the app', () => {
  test('are searched, written and seen as images; one that nobody knows stays as it was written', async () => {
    const { mine, theirs } = await two('ann', 'ben');
    await openPicker(mine);
    await mine.page.getByRole('heading', { name: 'Of this app' }).waitFor();
    await mine.page.getByRole('searchbox', { name: 'Search emoji' }).fill('part');
    const cell = mine.page.getByRole('gridcell', { name: 'party', exact: true }).first();
    await drawn(cell.getByRole('img'));
    expect(await faults(mine.page)).toEqual([]);
    await cell.click();
    await shows(() => mine.page.locator('textarea').inputValue(), ':party:');
    await mine.write('Now :party: and :unheard_of:');
    const words = theirs.message('Now').locator('.inlay-words');
    await shows(
      () => drawn(words.getByRole('img', { name: ':party:' })),
      (seen) => expect(seen).toBeLessThan(40),
    );
    await shows(() => words.textContent(), expect.stringContaining(':unheard_of:'));
    await mine.write(':party:');
    const alone = theirs.page.locator('.inlay-custom-emoji.large');
    await shows(
      () => drawn(alone),
      (seen) => expect(seen).toBeGreaterThan(40),
    );
    expect(await faults(theirs.page)).toEqual([]);
    await closed(mine, theirs);
  }, 60_000);

  test('are offered while their name is typed, and reacted with on a phone', async () => {
    const { ben, mine, theirs, conversation } = await two('cat', 'dan', PHONE);
    await theirs.page.locator('textarea').pressSequentially(':par');
    const offer = theirs.page.getByRole('option', { name: ':party: :party:' });
    await drawn(offer.getByRole('img'));
    await offer.click();
    await shows(async () => (await theirs.page.locator('textarea').inputValue()).trim(), ':party:');
    await ben.call('reactions.add', { conversation, n: 1, emoji: ':party:' });
    const chip = mine.message('Hello').getByRole('button', { name: ':party:, 1 reaction' });
    await drawn(chip.getByRole('img'));
    await chip.tap();
    await theirs.message('Hello').getByRole('button', { name: ':party:, 2 reactions' }).waitFor();
    expect(await faults(mine.page)).toEqual([]);
    await closed(mine, theirs);
  }, 60_000);

  test('that are published later come with the first message that has them; those that move stand still if asked to', async () => {
    const { mine, theirs } = await two('eve', 'fay', { ...DESKTOP, reducedMotion: 'reduce' });
    await publish('dance', await movingPicture(64, 64));
    await theirs.write('Let us :dance:');
    await theirs.message('Let us').locator('img.inlay-custom-emoji').waitFor();
    await mine.message('Let us').locator('canvas[aria-label=":dance:"]').waitFor();
    await closed(mine, theirs);
  }, 60_000);
});

const sticker = (window: Window, emoji: string) =>
  window.page.locator('.inlay-message').getByRole('img', { name: `${emoji} sticker` });
const offered = (window: Window, section: string, emoji: string) =>
  window.page
    .getByRole('region', { name: section })
    .getByRole('button', { name: `${emoji} sticker`, exact: true });
async function openStickers(window: Window): Promise<void> {
  await openPicker(window);
  await window.page.getByRole('tab', { name: 'Stickers' }).click();
  await drawn(offered(window, 'Inky', '❤️').locator('img'));
}

describe('stickers', () => {
  test('are sent with a press, seen large without a bubble, and several in a row with Shift', async () => {
    const { ann, mine, theirs } = await two('gus', 'hal');
    await openStickers(mine);
    expect(await faults(mine.page)).toEqual([]);
    await offered(mine, 'Inky', '❤️').click();
    await shows(
      () => drawn(sticker(theirs, '❤️')),
      (seen) => expect(seen).toBeGreaterThan(120),
    );
    await shows(() => theirs.page.locator('.inlay-bubble.bare').count(), 1);
    await mine.page.locator('.inlay-pickers').waitFor({ state: 'detached' });
    await openStickers(theirs);
    await offered(theirs, 'Inky', '😂').click({ modifiers: ['Shift'] });
    await offered(theirs, 'Inky', '🎉').click();
    await drawn(sticker(mine, '🎉'));
    await shows(() => theirs.page.locator('.inlay-message .inlay-sticker').count(), 3);
    expect(await faults(mine.page)).toEqual([]);
    await shows(
      async () => (await ann.call('stickers.packs', {})).shelf.recents,
      [{ pack: 'inky', sticker: 'love' }],
    );
    await closed(mine, theirs);
  }, 60_000);

  test('what I make mine is so on my other device', async () => {
    const { ann, mine, theirs } = await two('ian', 'joe');
    const phone = await Window.open(browser, PHONE);
    await phone.signIn(node.url, ann.token);
    await phone.goTo('direct:ian,joe');
    await openStickers(phone);
    await openStickers(mine);
    await mine.page.getByRole('button', { name: 'Add Inky to my packs' }).click();
    await phone.page.getByRole('button', { name: 'Inky: actions' }).waitFor();
    await offered(mine, 'Inky', '😴').click({ button: 'right' });
    await mine.page.getByRole('menuitem', { name: 'Add to favourites' }).click();
    await offered(phone, 'Favourites', '😴').tap();
    await drawn(sticker(theirs, '😴'));
    await offered(phone, 'Recently used', '😴').waitFor();
    await offered(mine, 'Recently used', '😴').waitFor();
    expect(await faults(phone.page)).toEqual([]);
    await phone.page.getByRole('button', { name: 'Inky: actions' }).tap();
    await phone.page.getByRole('menuitem', { name: 'Remove from my packs' }).tap();
    await mine.page.getByRole('button', { name: 'Add Inky to my packs' }).waitFor();
    await closed(mine, theirs, phone);
  }, 120_000);

  test('stay in their messages when the app withdraws their pack', async () => {
    const { mine, theirs, ann, conversation } = await two('max', 'nia');
    const pack = { id: 'brief', title: 'Brief', stickers: [{ id: 'one', emoji: '🚀', file: 'one.jpg' }] };
    await Bun.write(join(folder, 'brief', 'pack.json'), JSON.stringify(pack));
    await Bun.write(join(folder, 'brief', 'one.jpg'), await picture(256, 200));
    await node.command('stickers', 'add', join(folder, 'brief'));
    const body = { kind: 'sticker' as const, pack: 'brief', sticker: 'one' };
    await ann.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body });
    await drawn(sticker(theirs, '🚀'));
    const [, key] = /Key +(\S+)/.exec(await node.command('keys', 'create', 'e2e')) ?? [];
    const headers = { authorization: `Bearer ${key}` };
    const input = JSON.stringify({ pack: 'brief' });
    const answer = await fetch(`${node.url}/v1/stickers.withdraw`, { method: 'POST', headers, body: input });
    expect(answer.status).toBe(200);
    const fresh = await Window.open(browser, PHONE);
    await fresh.signIn(node.url, ann.token);
    await fresh.goTo(conversation);
    const kept = fresh.page.locator('.inlay-sticker img[src*="/media/"]');
    await shows(
      () => drawn(kept),
      (seen) => expect(seen).toBeGreaterThan(120),
    );
    await closed(mine, theirs, fresh);
  }, 120_000);

  test('are chosen by keyboard, and those that move stand still for who asked for that', async () => {
    const { mine, theirs } = await two('kim', 'lee', { ...DESKTOP, reducedMotion: 'reduce' });
    await openStickersByKeyboard(mine);
    await theirs.page.locator('.inlay-message .inlay-sticker img').waitFor();
    await mine.page.locator('.inlay-message .inlay-sticker canvas').waitFor();
    await closed(mine, theirs);
  }, 60_000);
});

/** Opens the picker and sends the first sticker of the second row, and then the one above it, without a pointer. */
async function openStickersByKeyboard(window: Window): Promise<void> {
  const { keyboard } = window.page;
  await window.page.getByRole('button', { name: 'Emoji', exact: true }).press('Enter');
  // The picker takes the focus when it comes.
  await window.page.locator('input[type=search]:focus').waitFor();
  const tab = window.page.getByRole('tab', { name: 'Emoji' });
  await tab.focus();
  await keyboard.press('ArrowRight');
  await offered(window, 'Inky', '👋').focus();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
}
