import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { movingPicture, picture } from './lib/media.ts';
import { NodeProcess } from './lib/node.ts';
import { Window } from './lib/window.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1100, height: 760 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 640 },
  hasTouch: true,
  isMobile: true,
};

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
}, 60_000);
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
    expect(await mine.page.locator('textarea').inputValue()).toBe(':party:');
    await mine.write('Now :party: and :unheard_of:');
    const words = theirs.message('Now').locator('.inlay-words');
    expect(await drawn(words.getByRole('img', { name: ':party:' }))).toBeLessThan(40);
    expect(await words.textContent()).toContain(':unheard_of:');
    await mine.write(':party:');
    const alone = theirs.page.locator('.inlay-custom-emoji.large');
    expect(await drawn(alone)).toBeGreaterThan(40);
    expect(await faults(theirs.page)).toEqual([]);
    await closed(mine, theirs);
  }, 60_000);

  test('are offered while their name is typed, and reacted with on a phone', async () => {
    const { ben, mine, theirs, conversation } = await two('cat', 'dan', PHONE);
    await theirs.page.locator('textarea').pressSequentially(':par');
    const offer = theirs.page.getByRole('option', { name: ':party: :party:' });
    await drawn(offer.getByRole('img'));
    await offer.click();
    expect((await theirs.page.locator('textarea').inputValue()).trim()).toBe(':party:');
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
