import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { drag } from './lib/touch.ts';
import { closeWindows, Window } from './lib/window.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1100, height: 760 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 640 },
  hasTouch: true,
  isMobile: true,
};
const RED = [255, 0, 0];
const BLUE = [0, 0, 255];

let node: NodeProcess;
let browser: Browser;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
  await giveAppPicture();
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
}, 60_000);

const button = (window: Window, name: string) => window.page.getByRole('button', { name, exact: true });
const item = (window: Window, name: string) => window.page.getByRole('menuitem', { name, exact: true });
const dialog = (window: Window) => window.page.getByRole('dialog', { name: 'Adjust picture' });
const gone = (what: Locator) => what.waitFor({ state: 'detached' });
const stage = (window: Window) => dialog(window).getByRole('group', { name: /^Picture/ });

/** A wide image, red at the left and blue at the right, as a file to choose. */
async function redAndBlue(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [800, 400];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    for (const [colour, x] of [['#f00', 0] as const, ['#00f', 400] as const]) {
      context.fillStyle = colour;
      context.fillRect(x, 0, 400, 400);
    }
    return canvas.toDataURL('image/png');
  });
  return { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1] ?? '', 'base64') };
}

/** Gives the app a picture. No window is open yet, as a node looks at its app again only after a while. */
async function giveAppPicture(): Promise<void> {
  const window = await Window.open(browser, DESKTOP);
  const { buffer } = await redAndBlue(window.page);
  await window.close();
  const folder = mkdtempSync(join(tmpdir(), 'inlay-app-'));
  const path = join(folder, 'sign.png');
  writeFileSync(path, buffer);
  await node.command('apps', 'avatar', 'default', path);
  rmSync(folder, { recursive: true });
}

/** Chooses a file where the page asks for one. */
async function choose(window: Window, press: () => Promise<void>): Promise<void> {
  const asked = window.page.waitForEvent('filechooser');
  await press();
  await (await asked).setFiles(await redAndBlue(window.page));
  await dialog(window).getByRole('slider', { name: 'Zoom' }).waitFor();
}

/** The colours of a picture that is shown, near its left and near its right edge, with the noise of its format. */
async function colours(image: Locator): Promise<number[][]> {
  await image.waitFor();
  const seen = await image.evaluate(async (shown) => {
    const picture = shown as HTMLImageElement;
    await picture.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.drawImage(picture, 0, 0);
    const at = (share: number) => [
      ...context.getImageData(canvas.width * share, canvas.height / 2, 1, 1).data.slice(0, 3),
    ];
    return [at(0.1), at(0.9)];
  });
  return seen.map((colour) => colour.map((value) => (value > 200 ? 255 : value < 55 ? 0 : value)));
}

/** Drags with a mouse by so many shares of what is dragged. */
async function pull(what: Locator, share: number): Promise<void> {
  const { mouse } = what.page();
  // It waits until what is dragged stands still.
  await what.scrollIntoViewIfNeeded();
  const box = await what.boundingBox();
  if (box === null) throw new Error('what is to be dragged is not shown');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + box.width * share, y, { steps: 4 });
  await mouse.up();
}

async function openDetails(window: Window, title: string): Promise<void> {
  await window.openConversation(title);
  await window.page.locator('.inlay-head-title').click();
  await window.page.getByRole('heading', { name: 'Details' }).waitFor();
}

/** Two people who have written to each other, each in a window. */
async function two(a: string, b: string, options: BrowserContextOptions = DESKTOP) {
  const [ann, ben] = await Promise.all([node.person(a, `Ann of ${a}`), node.person(b, `Ben of ${b}`)]);
  await ben.call('messages.send', {
    conversation: `direct:${a},${b}`,
    id: Bun.randomUUIDv7(),
    body: { kind: 'text', text: 'Hello' },
  });
  const [mine, theirs] = await Promise.all([Window.open(browser, options), Window.open(browser, DESKTOP)]);
  await Promise.all([mine.signIn(node.url, ann.token), theirs.signIn(node.url, ben.token)]);
  return { ann, ben, mine, theirs };
}

describe('my picture', () => {
  test('is cut as I want it, seen by others at once, and gone everywhere when I remove it', async () => {
    const { ann, mine, theirs } = await two('ann', 'ben');
    const row = theirs.row('Ann of ann');
    await row.locator('.initials').waitFor();
    await button(mine, 'My profile and settings').click();
    await choose(mine, () => button(mine, 'Add a picture').click());
    expect(await faults(mine.page)).toEqual([]);
    await pull(stage(mine), 0.9);
    await button(mine, 'Use picture').click();
    await gone(dialog(mine));
    const own = mine.page.locator('.inlay-me .profile img');
    await shows(() => colours(own), [RED, RED]);
    await shows(() => colours(row.locator('img')), [RED, RED]);
    const { me } = await ann.call('users.me', {});
    expect(me.avatar).toStartWith('/avatars/');
    const address = `${node.url}${me.avatar}/128`;
    await shows(() => row.locator('img').getAttribute('src'), address);
    expect((await fetch(address)).status).toBe(200);
    await shows(
      () => mine.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Change picture',
    );

    await button(mine, 'Change picture').click();
    await item(mine, 'Remove picture').click();
    await gone(own);
    await row.locator('.initials').waitFor();
    await shows(async () => (await fetch(address)).status, 404);
    await mine.close();
    await theirs.close();
  }, 60_000);

  test('is cut by keyboard, wheel and slider; another file is chosen in its place', async () => {
    const { mine, theirs } = await two('cleo', 'dan');
    await button(mine, 'My profile and settings').click();
    await choose(mine, () => button(mine, 'Add a picture').click());
    const { keyboard, mouse } = mine.page;
    const slider = dialog(mine).getByRole('slider', { name: 'Zoom' });
    const zoom = async () => Number(await slider.inputValue());
    await stage(mine).focus();
    await keyboard.press('+');
    await shows(zoom, (seen) => expect(seen).toBeGreaterThan(0));
    await keyboard.press('-');
    await shows(zoom, 0);
    await stage(mine).hover();
    await mouse.wheel(0, -300);
    await mine.page.waitForFunction(
      (input) => Number((input as HTMLInputElement).value) > 0,
      await slider.elementHandle(),
    );
    await slider.fill('100');
    await shows(() => slider.getAttribute('aria-valuetext'), '625%');
    await choose(mine, () => button(mine, 'Choose another').click());
    // Blue comes into the square from the right.
    await stage(mine).focus();
    for (let i = 0; i < 12; i++) await keyboard.press('ArrowLeft');
    await button(mine, 'Use picture').click();
    await gone(dialog(mine));
    await shows(() => colours(theirs.row('Ann of cleo').locator('img')), [BLUE, BLUE]);
    await mine.close();
    await theirs.close();
  }, 60_000);

  test('cannot be what is no image', async () => {
    const { mine, theirs } = await two('eve', 'finn');
    await button(mine, 'My profile and settings').click();
    const asked = mine.page.waitForEvent('filechooser');
    await button(mine, 'Add a picture').click();
    const buffer = Buffer.from('no image at all');
    await (await asked).setFiles({ name: 'me.png', mimeType: 'image/png', buffer });
    await dialog(mine).getByText('This file cannot be shown as a picture. Choose another.').waitFor();
    await shows(() => button(mine, 'Use picture').getAttribute('aria-disabled'), 'true');
    expect(await faults(mine.page)).toEqual([]);
    await mine.page.keyboard.press('Escape');
    await gone(dialog(mine));
    await mine.close();
    await theirs.close();
  }, 60_000);

  test('on a phone, with fingers', async () => {
    const { mine, theirs } = await two('gil', 'hal', PHONE);
    await button(mine, 'My profile and settings').tap();
    await button(mine, 'Add a picture').tap();
    await item(mine, 'Take a photo').waitFor();
    await shows(() => mine.page.getByRole('menuitem').allInnerTexts(), ['Choose a picture', 'Take a photo']);
    await choose(mine, () => item(mine, 'Choose a picture').tap());
    const { page } = mine;
    expect(await faults(page)).toEqual([]);
    await shows(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await drag(stage(mine), -200, 0);
    // Chromium takes a tap right after a swift drag for the finger that stops it.
    await button(mine, 'Use picture').click();
    await gone(dialog(mine));
    await shows(() => colours(theirs.row('Ann of gil').locator('img')), [BLUE, BLUE]);
    await mine.close();
    await theirs.close();
  }, 60_000);
});

describe('the picture of a group', () => {
  test('is chosen as the group is made, changed by an admin, and kept when only the name is changed', async () => {
    const { ann, ben, mine, theirs } = await two('ida', 'jon');
    await button(mine, 'New conversation').click();
    await button(mine, 'New group').click();
    await mine.page.getByRole('option', { name: 'Ben of jon' }).click();
    await button(mine, 'Next').click();
    await choose(mine, () => button(mine, 'Add a picture').click());
    expect(await faults(mine.page)).toEqual([]);
    await button(mine, 'Use picture').click();
    await gone(dialog(mine));
    // It is shown from here, as it is the picture of nothing yet.
    await shows(() => colours(mine.page.locator('.inlay-picture img')), [RED, BLUE]);
    await mine.page.getByLabel('Name of the group').fill('Garden');
    await button(mine, 'Create group').click();
    const image = theirs.row('Garden').locator('img');
    await shows(() => colours(image), [RED, BLUE]);

    const all = await ann.call('conversations.list', {});
    const id = all.conversations.find(({ title }) => title === 'Garden')?.id ?? '';
    await ann.call('members.setRole', { conversation: id, user: 'jon', role: 'admin' });
    await openDetails(theirs, 'Garden');
    await button(theirs, 'Edit').click();
    await button(theirs, 'Change picture').click();
    await choose(theirs, () => item(theirs, 'Choose a picture').click());
    await pull(stage(theirs), 0.9);
    await button(theirs, 'Use picture').click();
    await gone(dialog(theirs));
    expect(await faults(theirs.page)).toEqual([]);
    await button(theirs, 'Save').click();
    await mine.page.locator('.inlay-system', { hasText: 'changed the picture' }).waitFor();
    await shows(() => colours(mine.row('Garden').locator('img')), [RED, RED]);
    const { conversation } = await ben.call('conversations.get', { conversation: id });

    // The owner changes the name, and not what the admin uploaded.
    await openDetails(mine, 'Garden');
    await button(mine, 'Edit').click();
    await mine.page.getByLabel('Name', { exact: true }).fill('Orchard');
    await button(mine, 'Save').click();
    await theirs.row('Orchard').waitFor();
    const after = await ben.call('conversations.get', { conversation: id });
    expect([after.conversation.title, after.conversation.avatar]).toEqual(['Orchard', conversation.avatar]);
    await mine.close();
    await theirs.close();
  }, 60_000);
});

test('the picture of the app is shown where one signs in, and beside the account', async () => {
  const window = await Window.open(browser, PHONE);
  const { page } = window;
  await page.goto(node.url);
  await page.getByRole('heading', { name: 'Inlay' }).waitFor();
  expect(await colours(page.locator('.inlay-sign-in header img'))).toEqual([RED, BLUE]);
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Guest', exact: true }).click();
  await page.locator('form button[type=submit]').click();
  await button(window, 'My profile and settings').click();
  const row = page.locator('.inlay-me .row', { hasText: 'The app that you are signed in to' });
  await row.scrollIntoViewIfNeeded();
  expect(await colours(row.locator('img'))).toEqual([RED, BLUE]);
  expect(await faults(page)).toEqual([]);
  await window.close();
}, 60_000);
