import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { movingPicture, picture, recorded, type Sent, sendMedia } from './lib/media.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { drag } from './lib/touch.ts';
import { closeWindows, Window } from './lib/window.ts';

const PHONE = { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true } as const;

let node: NodeProcess;
let browser: Browser;
let voice: Sent['bytes'];
let video: Sent['bytes'];
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
  [voice, video] = await Promise.all([recorded(browser, 'voice', 1200), recorded(browser, 'video', 1200)]);
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
}, 60_000);

const image = async (name: string, width: number, height: number, hue = 0) =>
  ({ kind: 'image', name, bytes: await picture(width, height, hue) }) as const;
const file = (name: string, content: string) =>
  ({ kind: 'file', name, bytes: new TextEncoder().encode(content) }) as const;
const spoken = (waveform = 'AEBgoP+AQCAA') =>
  ({ kind: 'voice', name: 'voice.webm', bytes: voice, duration: 1200, waveform }) as const;

/** Ann and Ben in a group of their own. */
async function team(title: string) {
  const [ann, ben] = await Promise.all([node.person('ann', 'Ann'), node.person('ben', 'Ben')]);
  const made = await ben.call('conversations.create', { kind: 'group', title, members: ['ann'] });
  const { id } = made.conversation;
  const send = (files: Parameters<typeof sendMedia>[2]['files'], text?: string) =>
    sendMedia(node, ben, { conversation: id, files, ...(text === undefined ? {} : { text }) });
  return { ann, ben, id, send };
}

async function opened(title: string, token: string, options: Parameters<typeof Window.open>[1] = {}) {
  const window = await Window.open(browser, options);
  await window.signIn(node.url, token);
  await window.openConversation(title);
  return window;
}

/** Waits until each image that is shown is there. */
const drawn = (window: Window, count: number) =>
  window.page.waitForFunction((wanted) => {
    const all = [...document.querySelectorAll<HTMLImageElement>('.inlay-image > img')];
    return all.length >= wanted && all.every((one) => one.complete && one.naturalWidth > 0);
  }, count);

test('the time lies on no words that stand under a voice message or a file', async () => {
  const { ann, send } = await team('Words');
  await send([spoken()], 'By the way, this is the new door bell.');
  await send([file('prices.txt', 'none')], 'All of them, as of this morning at nine.');
  const window = await opened('Words', ann.token, PHONE);
  await window.page.locator('.inlay-voice, .inlay-file').nth(1).waitFor();
  const overlaps = await window.page.locator('.inlay-text').evaluateAll((all) =>
    all.map((text) => {
      const words = document.createRange();
      words.selectNode(text.querySelector('.inlay-words')?.lastChild as Node);
      const time = text.querySelector('.inlay-meta')?.getBoundingClientRect() as DOMRect;
      return [...words.getClientRects()].some(
        (one) =>
          one.right > time.left &&
          one.left < time.right &&
          one.bottom - 3 > time.top &&
          one.top < time.bottom - 3,
      );
    }),
  );
  expect(overlaps).toEqual([false, false]);
  await window.close();
}, 60_000);

test('images have their place before they come, as they are, in albums and on a phone, and nothing moves', async () => {
  const { ann, send } = await team('Pictures');
  await send([await image('roof.jpg', 1600, 1200, 200)], 'The roof');
  const album = [await image('a.jpg', 900, 1600, 20), await image('b.jpg', 800, 800, 90)];
  await send([...album, { ...(await image('c.jpg', 1600, 900, 160)), caption: 'The garden' }]);
  await send([{ kind: 'image', name: 'moves.gif', bytes: await movingPicture(200, 150) }]);
  for (const options of [{}, PHONE, { ...PHONE, colorScheme: 'dark' as const }]) {
    const window = await Window.open(browser, options);
    const { page } = window;
    await window.signIn(node.url, ann.token);
    await window.row('Pictures').getByText('GIF').waitFor();
    // Bytes are held back until the boxes were measured.
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/media/**', async (route) => {
      await released;
      await route.continue();
    });
    await window.openConversation('Pictures');
    await page.locator('.inlay-tile').nth(4).waitFor();
    await window.settled(3);
    await page.evaluate(() => {
      Object.assign(globalThis, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          (globalThis as unknown as { shift: number }).shift += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift' });
    });
    const boxes = () =>
      page
        .locator('.inlay-tile')
        .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await boxes();
    release();
    await drawn(window, 5);
    expect(await boxes()).toEqual(before);
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBe(0);
    await shows(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await page.getByRole('button', { name: 'Photo: The garden' }).waitFor();
    expect(await faults(page)).toEqual([]);
    await window.close();
  }
}, 120_000);

test('what moves stands still for those who asked for less motion, until it is pressed', async () => {
  const { ann, send } = await team('Calm');
  await send([{ kind: 'image', name: 'moves.gif', bytes: await movingPicture(200, 150) }]);
  const window = await opened('Calm', ann.token, { reducedMotion: 'reduce' });
  await window.page.locator('.inlay-image > canvas').waitFor();
  await window.page.getByRole('button', { name: 'Play GIF' }).click();
  await drawn(window, 1);
  await shows(() => window.page.locator('.inlay-image > canvas').count(), 0);
  await window.close();
}, 60_000);

test('the gallery shows all images and videos, larger, turned, and one after the other; what is taken back is gone', async () => {
  const { ann, ben, id, send } = await team('Gallery');
  await send([await image('one.jpg', 1600, 1200, 0)], 'The first');
  await send([await image('two.jpg', 900, 1600, 100), await image('three.jpg', 800, 800, 200)]);
  await send([{ kind: 'video', name: 'clip.webm', bytes: video, width: 320, height: 180, duration: 1200 }]);
  const last = await send([await image('last.jpg', 1200, 900, 300)]);
  const desk = await opened('Gallery', ann.token);
  const { page } = desk;
  await desk.page.locator('.inlay-frame.album .open').first().click();
  const gallery = page.getByRole('dialog', { name: 'Photos and videos' });
  const said = (text: string) => gallery.getByRole('status').filter({ hasText: text }).waitFor();
  await said('2 of 5');
  await gallery.locator('.slide:not([inert]) img').waitFor();
  expect(await faults(page)).toEqual([]);

  const transform = () =>
    gallery.locator('.slide:not([inert]) .picture').evaluate((one) => one.style.transform);
  await page.keyboard.press('+');
  await shows(transform, expect.stringContaining('scale(1.5)'));
  await page.keyboard.press('r');
  await shows(transform, expect.stringContaining('rotate(90deg)'));
  await gallery.locator('.stage').dispatchEvent('wheel', { deltaY: -400, clientX: 500, clientY: 300 });
  await shows(transform, expect.not.stringContaining('scale(1)'));
  await page.keyboard.press('0');
  await page.keyboard.press('ArrowRight');
  await said('3 of 5');
  await shows(transform, expect.stringContaining('rotate(0deg)'));
  await gallery.getByRole('button', { name: 'Next' }).click();
  await said('Video from Ben');
  await gallery.locator('video').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await gallery.getByRole('button', { name: 'Next' }).click();
  await said('5 of 5');

  await ben.call('messages.recall', { conversation: id, n: last });
  await said('4 of 4');
  await page.keyboard.press('Home');
  await gallery.getByText('The first').waitFor();
  await gallery.getByRole('button', { name: 'Show in conversation' }).click();
  await gallery.waitFor({ state: 'detached' });
  await page.locator('[data-found]', { hasText: 'The first' }).waitFor();
  await desk.close();

  const phone = await opened('Gallery', ann.token, PHONE);
  await phone.page.locator('.inlay-frame.album .open').first().click();
  const small = phone.page.getByRole('dialog', { name: 'Photos and videos' });
  await small.getByRole('status').filter({ hasText: '2 of 4' }).waitFor();
  expect(await faults(phone.page)).toEqual([]);
  await drag(small.locator('.stage'), -200, 0);
  await small.getByRole('status').filter({ hasText: '3 of 4' }).waitFor();
  await drag(small.locator('.stage'), 0, 300);
  await small.waitFor({ state: 'detached' });
  await phone.close();
}, 120_000);

test('a video plays where it stands', async () => {
  const { ann, send } = await team('Video');
  await send([{ kind: 'video', name: 'clip.webm', bytes: video, width: 320, height: 180, duration: 1200 }]);
  const desk = await opened('Video', ann.token);
  await desk.page.getByRole('button', { name: 'Play video 0:01' }).click();
  await desk.page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.3);
  await shows(
    () => desk.page.locator('.inlay-frame').boundingBox(),
    expect.objectContaining({ width: 320, height: 180 }),
  );
  await desk.close();
}, 60_000);

test('voice messages play one after the other, at the speed one likes, and are played on every device', async () => {
  const { ann, send } = await team('Voices');
  // The second one is long enough for all that is done while it plays.
  const bytes = await recorded(browser, 'voice', 6000);
  await send([spoken()]);
  await send([{ ...spoken(), bytes, duration: 5500 }]);
  const [desk, phone] = await Promise.all([opened('Voices', ann.token), opened('Voices', ann.token, PHONE)]);
  const { page } = desk;
  const unplayed = (window: Window) => window.page.getByLabel('Not played yet');
  await unplayed(phone).nth(1).waitFor();
  await desk.row('Voices').getByText('Voice message 0:05').waitFor();
  expect(await faults(page)).toEqual([]);
  const both = page.locator('.inlay-voice');
  await both.first().getByRole('button', { name: 'Play' }).click();
  // The second one begins by itself, once the first is at its end.
  await both.nth(1).getByRole('button', { name: /Speed/ }).click();
  await both.nth(1).getByRole('button', { name: 'Speed 1.5×' }).waitFor();
  await unplayed(desk).first().waitFor({ state: 'detached' });
  await unplayed(phone).first().waitFor({ state: 'detached' });
  await both.nth(1).getByRole('button', { name: 'Play' }).waitFor();

  const slider = both.nth(1).getByRole('slider', { name: 'Position' });
  await both.nth(1).getByRole('button', { name: 'Play' }).click();
  await both.nth(1).getByRole('button', { name: 'Pause' }).click();
  await both.nth(1).getByRole('button', { name: 'Play' }).waitFor();
  await slider.focus();
  await page.keyboard.press('End');
  await shows(() => slider.getAttribute('aria-valuetext'), '0:05 of 0:05');
  await page.keyboard.press('Home');
  await shows(() => slider.getAttribute('aria-valuetext'), '0:00 of 0:05');
  expect(await faults(page)).toEqual([]);
  expect(await faults(phone.page)).toEqual([]);
  await desk.close();
  await phone.close();
}, 90_000);

test('a file is downloaded as it was sent under its own name, and a small text is read in place', async () => {
  const { ann, send } = await team('Files');
  const content = '# Minutes\n\n<script>alert(1)</script>\n';
  await send([file('minutes of the very long meeting on tiles.md', content)], 'Read this');
  await send([file('תקציב.xlsx', 'no table')]);
  const desk = await opened('Files', ann.token);
  const { page } = desk;
  const named = page.getByRole('link', { name: 'Download minutes of the very long meeting on tiles.md' });
  const [download] = await Promise.all([page.waitForEvent('download'), named.click()]);
  expect(download.suggestedFilename()).toBe('minutes of the very long meeting on tiles.md');
  expect(await Bun.file(await download.path()).text()).toBe(content);
  await page.getByRole('button', { name: 'Show content' }).click();
  await page.locator('.inlay-file pre', { hasText: '<script>alert(1)</script>' }).waitFor();
  expect(await faults(page)).toEqual([]);
  const name = page.locator('.inlay-file bdi', { hasText: 'תקציב' });
  await shows(() => name.evaluate((one) => getComputedStyle(one).direction), 'rtl');
  await desk.close();
}, 60_000);

test('messages are sent on to several conversations, from the menu and from a selection', async () => {
  const { ann, ben, id, send } = await team('From');
  await team('To');
  await send([await image('one.jpg', 640, 480)], 'Look at this');
  await ben.call('messages.send', {
    conversation: id,
    id: Bun.randomUUIDv7(),
    body: { kind: 'text', text: 'And read this' },
  });
  const desk = await opened('From', ann.token);
  const { page } = desk;
  await desk.message('Look at this').getByText('Look at this').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Forward' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forward message' });
  await dialog.getByRole('combobox').fill('To');
  await page.keyboard.press('Enter');
  await dialog.locator('.chip', { hasText: 'To' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('combobox').fill('Ben');
  await dialog.getByRole('option', { name: /Ben/ }).click();
  await dialog.getByRole('button', { name: 'Forward', exact: true }).click();
  await page.getByText('Forwarded to 2 conversations').waitFor();
  await desk.row('Ben').getByText('Look at this').waitFor();

  await desk.message('Look at this').getByText('Look at this').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Select' }).click();
  await desk.message('And read this').click();
  await page
    .getByRole('toolbar', { name: 'Selected messages' })
    .getByRole('button', { name: 'Forward' })
    .click();
  await page.getByRole('dialog', { name: 'Forward 2 messages' }).getByRole('combobox').fill('To');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await desk.message('And read this').waitFor();
  await drawn(desk, 2);
  await desk.close();
}, 90_000);

test('what was shared in a conversation is found by kind, on a desktop and on a phone', async () => {
  const { ann, ben, id, send } = await team('Shared');
  await send([await image('one.jpg', 900, 900)], 'The square one');
  const taken = await send([await image('two.jpg', 900, 900, 90), await image('three.jpg', 900, 900, 180)]);
  await send([spoken()]);
  await send([file('plan.pdf', '%PDF-1.7')]);
  for (let i = 1; i <= 30; i++)
    await ben.call('messages.send', {
      conversation: id,
      id: Bun.randomUUIDv7(),
      body: { kind: 'text', text: i === 1 ? 'See https://example.com/tiles' : `line ${i}.` },
    });
  const desk = await opened('Shared', ann.token);
  const { page } = desk;
  await page.locator('.inlay-head-title').click();
  await page.getByRole('button', { name: 'Media, files and links' }).click();
  const pages = page.locator('.inlay-details');
  await pages.locator('.inlay-grid .open').nth(2).waitFor();
  expect(await faults(page)).toEqual([]);
  await ben.call('messages.recall', { conversation: id, n: taken });
  await pages.locator('.inlay-grid .open').nth(1).waitFor({ state: 'detached' });
  await shows(() => pages.locator('.inlay-grid .open').count(), 1);
  await pages.getByRole('tab', { name: 'Media' }).focus();
  await page.keyboard.press('ArrowRight');
  await pages.locator('.inlay-voice').waitFor();
  await page.keyboard.press('ArrowRight');
  await pages.getByText('plan.pdf').waitFor();
  await pages.getByRole('button', { name: 'Show in conversation' }).click();
  await page.locator('.inlay-conversation [data-found]').waitFor();
  await pages.getByRole('tab', { name: 'Links' }).click();
  await pages.getByRole('link', { name: 'https://example.com/tiles' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await desk.close();

  await team('Bare');
  const phone = await opened('Bare', ann.token, PHONE);
  await phone.page.locator('.inlay-head-title').click();
  await phone.page.getByRole('button', { name: 'Media, files and links' }).click();
  await phone.page.getByText('No photos or videos yet').waitFor();
  expect(await faults(phone.page)).toEqual([]);
  await phone.page.getByRole('button', { name: 'Back to details' }).click();
  await phone.page.getByRole('button', { name: 'Media, files and links' }).waitFor();
  await phone.close();
}, 120_000);

test('what I send shows how far it is, is held back and goes on, and is taken back before it is sent', async () => {
  const { ann, ben } = await team('Sending');
  const [desk, other] = await Promise.all([opened('Sending', ann.token), opened('Sending', ben.token)]);
  const { page } = desk;
  // The node takes no bytes until it is let.
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/media/uploads/**', async (route) => {
    await released;
    await route.continue().catch(() => {});
  });
  const choose = async (...names: string[]) => {
    const buffer = Buffer.from(await picture(800, 600));
    const input = page.locator('.inlay-composer input[type=file]');
    // As the button makes it when it is pressed.
    await input.evaluate((each) => each.setAttribute('multiple', ''));
    await input.setInputFiles(names.map((name) => ({ name, mimeType: 'image/jpeg', buffer })));
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  };
  await choose('kept.jpg');
  const waiting = page.locator('.inlay-message[data-state=sending]');
  await waiting.getByRole('progressbar', { name: 'Sending Photo' }).waitFor({ state: 'attached' });
  await drawn(desk, 1);
  expect(await faults(page)).toEqual([]);
  await waiting.locator('.inlay-bubble').click({ button: 'right', position: { x: 20, y: 20 } });
  await page.getByRole('menuitem', { name: 'Pause sending' }).click();
  await waiting.getByRole('button', { name: 'Go on sending' }).click();
  await waiting.getByRole('button', { name: 'Cancel sending' }).waitFor();
  await choose('dropped.jpg', 'dropped too.jpg');
  const cancels = waiting.nth(1).getByRole('button', { name: 'Cancel sending' });
  await shows(() => cancels.count(), 2);
  await cancels.first().click();
  await shows(() => cancels.count(), 1);
  await cancels.click();
  await waiting.nth(1).waitFor({ state: 'detached' });
  release();
  await page.locator('.inlay-message[data-state=sent]').waitFor();
  await drawn(other, 1);
  await shows(() => other.page.locator('.inlay-message').count(), 1);
  await desk.close();
  await other.close();
}, 90_000);
