import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { giphyStandIn, tenorStandIn } from 'inlay/testing';
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { movingPicture } from './lib/media.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1100, height: 760 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 640 },
  hasTouch: true,
  isMobile: true,
};
const KEY = 'the-secret-key';

let browser: Browser;
let service: ReturnType<typeof tenorStandIn>;
let node: NodeProcess;
/** Answers searches in place of the service. */
let instead: (() => Response) | undefined;

beforeAll(async () => {
  const sides: [number, number][] = [
    [220, 160],
    [160, 220],
    [220, 220],
  ];
  const all = await Promise.all(sides.map(([width, height]) => movingPicture(width, height)));
  const gif = (id: string, title: string, i: number) => {
    const [width, height] = sides[i % 3] ?? [1, 1];
    return { id, title, bytes: all[i % 3] ?? new Uint8Array(0), width, height };
  };
  const gifs = [
    gif('wave', 'A cat waves', 0),
    gif('jump', 'A cat jumps', 1),
    ...Array.from({ length: 60 }, (_, i) => gif(`dog${i}`, `Dog number ${i}`, i)),
  ];
  service = tenorStandIn({ key: KEY, gifs, answer: () => instead?.() });
  const settings = { INLAY_GIFS: 'tenor', INLAY_GIFS_KEY: KEY, INLAY_GIFS_URL: service.url };
  [node, browser] = await Promise.all([NodeProcess.start([], settings), launch()]);
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
  await service.close();
}, 60_000);

/** Two people who have written to each other, each in a window with their conversation open. */
async function two(a: string, b: string, options: BrowserContextOptions = DESKTOP, at = node) {
  const [ann, ben] = await Promise.all([at.person(a, `Ann of ${a}`), at.person(b, `Ben of ${b}`)]);
  const conversation = `direct:${a},${b}`;
  const body = { kind: 'text' as const, text: 'Hello' };
  await ben.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body });
  const [mine, theirs] = await Promise.all([Window.open(browser, options), Window.open(browser, DESKTOP)]);
  await Promise.all([mine.signIn(at.url, ann.token), theirs.signIn(at.url, ben.token)]);
  await Promise.all([mine.goTo(conversation), theirs.goTo(conversation)]);
  await Promise.all([mine.message('Hello').waitFor(), theirs.message('Hello').waitFor()]);
  return { ann, ben, mine, theirs, conversation };
}

const closed = (...windows: Window[]) => Promise.all(windows.map((window) => window.close()));
const openPicker = (window: Window) =>
  window.page.getByRole('button', { name: 'Emoji', exact: true }).click();
async function openGifs(window: Window): Promise<void> {
  await openPicker(window);
  await window.page.getByRole('tab', { name: 'GIFs' }).click();
  await offered(window, 'A cat waves').waitFor();
}
const field = (window: Window) => window.page.getByRole('searchbox', { name: 'Search Tenor' });
const offered = (window: Window, title: string) =>
  window.page.getByRole('group', { name: 'GIFs' }).getByRole('button', { name: title, exact: true });
const cells = (window: Window) => window.page.locator('.inlay-gif-picker .gifs button');
const sent = (window: Window) =>
  window.page.locator('.inlay-message .inlay-tile img, .inlay-message .inlay-tile canvas');

/** Waits until an image has its pixels, and gives how it was had. */
async function drawn(image: Locator): Promise<string> {
  await image.waitFor();
  return await image.evaluate(async (shown) => {
    await (shown as HTMLImageElement).decode();
    return (shown as HTMLImageElement).currentSrc;
  });
}

describe('GIFs', () => {
  test('are searched for, sent with a press and seen moving; nobody’s browser asks the service', async () => {
    const { ben, mine, theirs, conversation } = await two('ann', 'ben');
    const hosts = new Set<string>();
    for (const { page } of [mine, theirs])
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await openGifs(mine);
    await mine.page.getByText('Powered by Tenor').waitFor();
    expect(await faults(mine.page)).toEqual([]);
    await field(mine).fill('cat');
    await offered(mine, 'Dog number 0').waitFor({ state: 'detached' });
    await shows(() => cells(mine).count(), 2);
    const preview = await drawn(offered(mine, 'A cat jumps').locator('img'));
    expect(preview).toStartWith(`${node.url}/media/gifs/`);
    await offered(mine, 'A cat jumps').click();
    await mine.page.locator('.inlay-gif-picker').waitFor({ state: 'detached' });
    await drawn(sent(theirs));
    const { messages } = await ben.call('messages.list', { conversation });
    expect(messages.at(-1)?.body).toMatchObject({
      kind: 'media',
      items: [{ name: 'A cat jumps.webp', animated: true, width: 160, height: 220 }],
    });
    expect([...hosts]).toEqual([new URL(node.url).host]);
    expect(node.output).not.toContain(KEY);
    await closed(mine, theirs);
  }, 60_000);

  test('come page after page as one scrolls, and are chosen by keyboard; several are sent with Shift', async () => {
    const { mine, theirs } = await two('cat', 'dan');
    await openGifs(mine);
    await field(mine).fill('dog');
    await offered(mine, 'A cat waves').waitFor({ state: 'detached' });
    const scroller = mine.page.locator('.inlay-gif-picker > .scroll');
    await offered(mine, 'Dog number 23').waitFor({ state: 'attached' });
    await mine.page.waitForFunction(() => {
      const box = document.querySelector('.inlay-gif-picker > .scroll');
      box?.scrollTo(0, box.scrollHeight);
      return document.querySelectorAll('.inlay-gif-picker .gifs button').length === 60;
    });
    await shows(() => scroller.evaluate((box) => box.scrollWidth <= box.clientWidth), true);
    await field(mine).press('ArrowDown');
    const { keyboard } = mine.page;
    await keyboard.press('Home');
    await keyboard.press('ArrowRight');
    await keyboard.press('Shift+Enter');
    await sent(theirs).nth(0).waitFor();
    await keyboard.press('ArrowLeft');
    await keyboard.press('Enter');
    await sent(theirs).nth(1).waitFor();
    await mine.page.locator('.inlay-gif-picker').waitFor({ state: 'detached' });
    await shows(() => sent(theirs).count(), 2);
    await closed(mine, theirs);
  }, 60_000);

  test('on a phone the picker stays, and what stands in the field is not sent', async () => {
    const { mine, theirs } = await two('eve', 'fay', PHONE);
    await mine.page.locator('textarea').fill('not yet');
    await openGifs(mine);
    expect(await faults(mine.page)).toEqual([]);
    await field(mine).fill('waves');
    await field(mine).press('Enter');
    await offered(mine, 'Dog number 0').waitFor({ state: 'detached' });
    await offered(mine, 'A cat waves').tap();
    await drawn(sent(theirs));
    await shows(() => mine.page.locator('.inlay-gif-picker').isVisible(), true);
    await shows(() => mine.page.locator('textarea').inputValue(), 'not yet');
    const wide = await mine.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
    await closed(mine, theirs);
  }, 60_000);

  test('stand still for who asked for less motion, until they point at one', async () => {
    const { mine, theirs } = await two('gus', 'hal', { ...DESKTOP, reducedMotion: 'reduce' });
    await openGifs(mine);
    const one = offered(mine, 'A cat waves');
    await one.locator('canvas').waitFor();
    await one.hover();
    await one.locator('img').waitFor();
    await field(mine).hover();
    await one.locator('canvas').waitFor();
    await closed(mine, theirs);
  }, 60_000);

  test('that cannot be loaded say so, and come when asked for again', async () => {
    const { mine, theirs } = await two('ian', 'joe');
    await openGifs(mine);
    instead = () => new Response('down', { status: 503 });
    await field(mine).fill('jumps');
    await mine.page.getByText('GIFs cannot be loaded').waitFor();
    instead = undefined;
    await mine.page.getByRole('button', { name: 'Try again' }).click();
    await offered(mine, 'A cat jumps').waitFor();
    await field(mine).fill('whale');
    await mine.page.getByText('No GIFs found').waitFor();
    await closed(mine, theirs);
  }, 60_000);
});

test('a node without a service shows nothing of GIFs', async () => {
  const bare = await NodeProcess.start();
  const { mine, theirs } = await two('kim', 'lee', DESKTOP, bare);
  const emoji = mine.page.getByRole('searchbox', { name: 'Search emoji' });
  await openPicker(mine);
  await emoji.press('Escape');
  // What it asked the node for when it was opened is answered before this.
  await mine.write('Here');
  await theirs.message('Here').waitFor();
  await openPicker(mine);
  await emoji.waitFor();
  await shows(() => mine.page.getByRole('tab').count(), 0);
  await closed(mine, theirs);
  await bare.end();
}, 60_000);

test('Giphy’s are named so', async () => {
  const bytes = await movingPicture(200, 150);
  const gif = { id: 'g', title: 'A cat waves', bytes, width: 200, height: 150 };
  const giphy = giphyStandIn({ key: KEY, gifs: [gif] });
  const settings = { INLAY_GIFS: 'giphy', INLAY_GIFS_KEY: KEY, INLAY_GIFS_URL: giphy.url };
  const other = await NodeProcess.start([], settings);
  const { mine, theirs } = await two('max', 'nia', DESKTOP, other);
  await openGifs(mine);
  await mine.page.getByRole('searchbox', { name: 'Search GIPHY' }).waitFor();
  await mine.page.getByText('Powered by GIPHY').waitFor();
  await offered(mine, 'A cat waves').click();
  await drawn(sent(theirs));
  await closed(mine, theirs);
  await other.end();
  await giphy.close();
}, 60_000);
