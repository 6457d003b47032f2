import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { bytesOf, type Choice, mediaOf, photo, video } from './lib/files.ts';
import { NodeProcess } from './lib/node.ts';
import { Wire } from './lib/proxy.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

const MIB = 1024 ** 2;
const PHONE = { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true } as const;

let node: NodeProcess;
let browser: Browser;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
}, 60_000);

/** Ann and Ben in a group with a line of Ben's. */
async function team(title: string) {
  const [ann, ben] = await Promise.all([node.person('ann', 'Ann'), node.person('ben', 'Ben Okafor')]);
  const made = await ben.call('conversations.create', { kind: 'group', title, members: ['ann'] });
  const { id } = made.conversation;
  const body = { kind: 'text' as const, text: 'How is the roof?' };
  const { n } = await ben.call('messages.send', { conversation: id, id: Bun.randomUUIDv7(), body });
  return { ann, ben, id, n };
}

async function open(
  title: string,
  token: string,
  { url = node.url, ...options }: BrowserContextOptions & { url?: string } = {},
): Promise<Window> {
  const window = await Window.open(browser, options);
  await window.signIn(url, token);
  await window.openConversation(title);
  await window.message('How is the roof?').waitFor();
  return window;
}

const field = ({ page }: Window): Locator => page.getByRole('textbox', { name: 'Message', exact: true });
const dialog = ({ page }: Window): Locator => page.locator('dialog.inlay-prepare');
const caption = (window: Window): Locator =>
  dialog(window).getByRole('textbox', { name: 'Add a caption', exact: true });
const send = (window: Window): Locator => dialog(window).getByRole('button', { name: 'Send', exact: true });
const sent = ({ page }: Window): Locator => page.locator('.inlay-message.own[data-state=sent]');

/** Chooses files by the composer's button. */
async function attach(window: Window, item: string, files: Choice[]): Promise<void> {
  const { page } = window;
  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: item, exact: true }).click(),
  ]);
  await chooser.setFiles(files);
}

async function addMore(window: Window, files: Choice[]): Promise<void> {
  const [chooser] = await Promise.all([
    window.page.waitForEvent('filechooser'),
    dialog(window).getByRole('button', { name: 'Add more' }).click(),
  ]);
  await chooser.setFiles(files);
}

/** What is dropped or pasted, made in the page. */
const transfer = ({ page }: Window, files: readonly { name: string; type: string; text: string }[]) =>
  page.evaluateHandle((made) => {
    const data = new DataTransfer();
    for (const { name, type, text } of made) data.items.add(new File([text], name, { type }));
    return data;
  }, files);

test('photos go as an album, in my order, with the words of the field and a caption for each', async () => {
  const { ann, ben, id } = await team('Album');
  const [desk, other] = await Promise.all([open('Album', ann.token), open('Album', ben.token)]);
  const { page } = desk;
  const photos = await Promise.all(
    ['North.jpg', 'East.jpg', 'South.jpg'].map((name, i) => photo(page, name, { hue: i * 90 })),
  );
  await field(desk).fill('It is done');
  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  await shows(() => page.getByRole('menuitem').allInnerTexts(), ['Photo or video', 'File', 'Folder']);
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await attach(desk, 'Photo or video', [photos[0] as Choice]);
  await dialog(desk).getByRole('heading', { name: 'Send photo' }).waitFor();
  await shows(() => caption(desk).inputValue(), 'It is done');
  await dialog(desk).locator('.single img').waitFor();
  expect(await faults(page)).toEqual([]);
  await addMore(desk, photos.slice(1));
  await dialog(desk).getByRole('heading', { name: 'Send 3 photos' }).waitFor();
  expect(await faults(page)).toEqual([]);

  // Order: by button, and by drag.
  const tiles = dialog(desk).locator('.tile');
  const names = () => tiles.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  await tiles.nth(2).hover();
  await dialog(desk).getByRole('button', { name: 'Move South.jpg forward' }).click();
  await shows(names, ['North.jpg', 'South.jpg', 'East.jpg']);
  await tiles.nth(2).dragTo(tiles.nth(0));
  await shows(names, ['East.jpg', 'North.jpg', 'South.jpg']);
  await dialog(desk).getByRole('button', { name: 'Leave out North.jpg' }).click();
  await shows(names, ['East.jpg', 'South.jpg']);

  await dialog(desk).getByRole('switch', { name: 'A caption for each' }).click();
  await dialog(desk).getByRole('textbox', { name: 'Caption of South.jpg' }).fill('In the sun');
  expect(await faults(page)).toEqual([]);
  await caption(desk).press('Enter');
  await dialog(desk).waitFor({ state: 'detached' });
  await sent(desk).waitFor();
  await shows(() => field(desk).inputValue(), '');
  await page.locator('textarea:focus').waitFor();

  const shown = other.page.locator('.inlay-message', { hasText: 'It is done' });
  await shown.locator('.inlay-image').nth(1).waitFor();
  const [message] = await mediaOf(ben, id);
  expect(message?.body.text).toBe('It is done');
  expect(
    message?.body.items.map(({ kind, name, width, height, caption: said }) => ({
      kind,
      name,
      width,
      height,
      said,
    })),
  ).toEqual([
    { kind: 'image', name: 'East.jpg', width: 120, height: 80, said: null },
    { kind: 'image', name: 'South.jpg', width: 120, height: 80, said: 'In the sun' },
  ]);

  // What is written to them can be changed, and they stay.
  await page.keyboard.press('ArrowUp');
  await page.locator('.inlay-composer .target', { hasText: 'Editing' }).waitFor();
  await shows(() => field(desk).inputValue(), 'It is done');
  await page.keyboard.type('!');
  await page.keyboard.press('Enter');
  await other.message('It is done!').getByText('edited').waitFor();
  const [edited] = await mediaOf(ben, id);
  expect(edited?.body).toEqual({ ...message?.body, text: 'It is done!' } as never);
  await desk.close();
  await other.close();
}, 90_000);

test('whom I name beside files is mentioned, and an emoji goes where I write', async () => {
  const { ann, ben, id } = await team('Named');
  const desk = await open('Named', ann.token);
  const { page } = desk;
  await attach(desk, 'File', [{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') }]);
  await caption(desk).pressSequentially('For @be');
  await page.getByRole('option', { name: 'Ben' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await shows(() => caption(desk).inputValue(), 'For @Ben Okafor ');
  await dialog(desk).getByRole('button', { name: 'Emoji', exact: true }).click();
  await page.getByRole('gridcell', { name: 'grinning face', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Emoji' }).waitFor({ state: 'detached' });
  await shows(() => dialog(desk).count(), 1);
  await dialog(desk).getByRole('button', { name: 'Emoji', exact: true }).click();
  await page.getByRole('gridcell', { name: 'grinning face', exact: true }).click();
  await caption(desk).press('Enter');
  await sent(desk).waitFor();
  const [message] = await mediaOf(ben, id);
  expect(message?.body.text).toBe('For @Ben Okafor 😀');
  expect(message?.mentions).toEqual(['ben']);
  await desk.close();
}, 90_000);

test('as files they arrive as they are, byte for byte, in answer to a message', async () => {
  const { ann, ben, id, n } = await team('As files');
  const desk = await open('As files', ann.token);
  const { page } = desk;
  await desk.message('How is the roof?').locator('.inlay-bubble').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Reply', exact: true }).click();
  const picture = await photo(page, 'Plan.jpg');
  // What looks like a photo by its name and is none goes as a file by itself.
  const list = { name: 'List.jpg', mimeType: 'image/jpeg', buffer: randomBytes(5000) };
  await attach(desk, 'File', [picture, list]);
  await dialog(desk).getByRole('heading', { name: 'Send 2 files' }).waitFor();
  await dialog(desk).getByRole('button', { name: 'As files' }).click();
  await dialog(desk).getByText('Unchanged, with all details').waitFor();
  expect(await faults(page)).toEqual([]);
  await send(desk).click();
  await sent(desk).waitFor();
  const [message] = await mediaOf(ben, id);
  expect(message?.replyTo).toBe(n);
  const items = message?.body.items ?? [];
  expect(items.map(({ kind, name }) => [kind, name])).toEqual([
    ['file', 'Plan.jpg'],
    ['file', 'List.jpg'],
  ]);
  for (const [i, { buffer }] of [picture, list].entries()) {
    const bytes = await bytesOf(node, ben, { conversation: id, file: items[i]?.file ?? '' });
    expect(bytes.equals(buffer)).toBe(true);
  }
  await desk.close();
}, 90_000);

test('a video has its length and a still, made in the browser', async () => {
  const { ann, ben, id } = await team('Video');
  const desk = await open('Video', ann.token);
  await attach(desk, 'Photo or video', [await video(desk.page, 'Roof.webm')]);
  await dialog(desk).getByRole('heading', { name: 'Send video' }).waitFor();
  await dialog(desk).locator('.single img').waitFor();
  expect(await faults(desk.page)).toEqual([]);
  await send(desk).click();
  await sent(desk).waitFor();
  const [message] = await mediaOf(ben, id);
  const item = message?.body.items[0];
  expect(item).toMatchObject({ kind: 'video', width: 160, height: 90 });
  expect(item?.duration).toBeGreaterThan(300);
  const still = await bytesOf(node, ben, { conversation: id, file: item?.poster ?? '' });
  expect(still.subarray(0, 2).toString('hex')).toBe('ffd8');
  await desk.close();
}, 90_000);

test('pasted and dropped: over the conversation and over the dialog; nothing is sent where I close it', async () => {
  const { ann, ben, id } = await team('Dropped');
  const desk = await open('Dropped', ann.token);
  const { page } = desk;
  const notes = [{ name: 'notes.txt', type: 'text/plain', text: 'one' }];
  await field(desk).fill('See here');
  await field(desk).evaluate(
    (element, clipboardData) => {
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    await transfer(desk, notes),
  );
  await dialog(desk).getByRole('heading', { name: 'Send file' }).waitFor();
  await dialog(desk).getByText('notes.txt').waitFor();
  await caption(desk).fill('See here, too');
  await page.keyboard.press('Escape');
  await dialog(desk).waitFor({ state: 'detached' });
  // What was written is kept, and the caret is in it.
  await page.keyboard.type('!');
  await shows(() => field(desk).inputValue(), 'See here, too!');
  expect(await mediaOf(ben, id)).toEqual([]);

  const scroll = page.locator('.inlay-scroll');
  const first = await transfer(desk, notes);
  await scroll.dispatchEvent('dragover', { dataTransfer: first });
  await page.locator('.inlay-drop').getByText('Drop to send').waitFor();
  expect(await faults(page)).toEqual([]);
  await shows(
    () => page.locator('.inlay-drop').boundingBox(),
    await page.locator('.inlay-conversation').boundingBox(),
  );
  await scroll.dispatchEvent('drop', { dataTransfer: first });
  await page.locator('.inlay-drop').waitFor({ state: 'detached' });
  await dialog(desk).getByRole('heading', { name: 'Send file' }).waitFor();
  const more = await transfer(desk, [{ name: 'more.txt', type: 'text/plain', text: 'two' }]);
  await dialog(desk).dispatchEvent('drop', { dataTransfer: more });
  await dialog(desk).getByRole('heading', { name: 'Send 2 files' }).waitFor();
  await send(desk).click();
  await sent(desk).waitFor();
  const [message] = await mediaOf(ben, id);
  expect(message?.body.items.map(({ name }) => name)).toEqual(['notes.txt', 'more.txt']);
  expect(message?.body.text).toBe('See here, too!');
  await desk.close();
}, 90_000);

test('what is empty or too large is left out in words; more than a message holds go as several', async () => {
  const { ann, ben, id } = await team('Limits');
  const desk = await open('Limits', ann.token);
  const { page } = desk;
  const text = (name: string, size = 3) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.alloc(size, 'a'),
  });
  // A file of two gigabytes that takes no memory.
  await field(desk).evaluate((element) => {
    const large = new File(['a'], 'movie.mkv');
    Object.defineProperty(large, 'size', { value: 2 * 1024 ** 3 + 1 });
    const clipboardData = { files: [large], types: ['Files'] };
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'clipboardData', { value: clipboardData });
    element.dispatchEvent(event);
  });
  await page
    .locator('.inlay-toast', { hasText: '“movie.mkv” is too large. A file may have up to 2 GB.' })
    .waitFor();
  await shows(() => dialog(desk).count(), 0);

  await attach(desk, 'File', [
    ...Array.from({ length: 21 }, (_, i) => text(`${i + 1}.txt`)),
    text('empty.txt', 0),
  ]);
  await dialog(desk).getByRole('heading', { name: 'Send 21 files' }).waitFor();
  await dialog(desk).getByRole('alert').getByText('“empty.txt” is empty.').waitFor();
  await dialog(desk).getByText('Goes as 2 messages').waitFor();
  expect(await faults(page)).toEqual([]);
  await caption(desk).fill('All of it');
  await send(desk).click();
  await sent(desk).nth(1).waitFor();
  const messages = await mediaOf(ben, id);
  expect(messages.map(({ body }) => [body.items.length, body.text])).toEqual([
    [20, 'All of it'],
    [1, null],
  ]);
  expect(messages[1]?.body.items[0]?.name).toBe('21.txt');
  await desk.close();
}, 90_000);

test('while I edit, no files are taken, which is said', async () => {
  const { ann } = await team('Editing');
  const desk = await open('Editing', ann.token);
  const { page } = desk;
  await desk.write('It is dun');
  await sent(desk).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.locator('.inlay-composer .target', { hasText: 'Editing' }).waitFor();
  await shows(() => page.getByRole('button', { name: 'Attach', exact: true }).count(), 0);
  const file = await transfer(desk, [{ name: 'notes.txt', type: 'text/plain', text: 'one' }]);
  await page.locator('.inlay-scroll').dispatchEvent('drop', { dataTransfer: file });
  await page.locator('.inlay-toast', { hasText: 'Finish editing first, then send files.' }).waitFor();
  await shows(() => dialog(desk).count(), 0);
  await desk.close();
}, 60_000);

test('on a phone: from the camera, on the whole page', async () => {
  const { ann, ben, id } = await team('Phone');
  const phone = await open('Phone', ann.token, PHONE);
  const { page } = phone;
  await page.getByRole('button', { name: 'Attach', exact: true }).tap();
  await shows(() => page.getByRole('menuitem').allInnerTexts(), ['Photo or video', 'Camera', 'File']);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: 'Camera' }).tap(),
  ]);
  await shows(() => chooser.element().getAttribute('capture'), 'environment');
  expect(chooser.isMultiple()).toBe(false);
  await chooser.setFiles([await photo(page, 'Roof.jpg', { width: 90, height: 160 })]);
  await dialog(phone).locator('.single img').waitFor();
  await addMore(phone, [await photo(page, 'Door.jpg'), await photo(page, 'Wall.jpg')]);
  await dialog(phone).getByRole('heading', { name: 'Send 3 photos' }).waitFor();
  await shows(() => dialog(phone).boundingBox(), { x: 0, y: 0, width: 360, height: 720 });
  await shows(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  // The keyboard comes when it is wanted.
  await shows(() => page.locator('textarea:focus').count(), 0);
  expect(await faults(page, { within: '.inlay-prepare' })).toEqual([]);
  await dialog(phone).getByRole('button', { name: 'Move Door.jpg forward' }).tap();
  await dialog(phone).getByRole('switch', { name: 'A caption for each' }).tap();
  expect(await faults(page, { within: '.inlay-prepare' })).toEqual([]);
  await dialog(phone).getByRole('textbox', { name: 'Caption of Roof.jpg' }).fill('From below');
  await send(phone).tap();
  await sent(phone).waitFor();
  const [message] = await mediaOf(ben, id);
  expect(message?.body.items.map(({ name, caption: said }) => [name, said])).toEqual([
    ['Door.jpg', null],
    ['Roof.jpg', 'From below'],
    ['Wall.jpg', null],
  ]);
  await phone.close();
}, 90_000);

test('[L2] an upload that a cut and a reload interrupt goes on, and arrives once, as it was', async () => {
  const { ann, ben, id } = await team('Reload');
  const wire = await Wire.to(node.url);
  const desk = await open('Reload', ann.token, { url: wire.url });
  const { page } = desk;
  const buffer = randomBytes(6 * MIB);
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: MIB };
  await network.send('Network.emulateNetworkConditions', slow);
  await attach(desk, 'File', [{ name: 'Roof.bin', mimeType: 'application/octet-stream', buffer }]);
  await caption(desk).fill('All of it');
  await send(desk).click();
  await page.waitForFunction(
    () => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? 0) >= 30,
  );
  wire.cut();
  await page.locator('.inlay-banner:not([data-state=online])').waitFor({ state: 'attached' });
  await shows(() => sent(desk).count(), 0);
  wire.mend();
  await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  await page.reload();
  await sent(desk).waitFor();
  const messages = await mediaOf(ben, id);
  expect(messages.map(({ body }) => [body.text, body.items.length])).toEqual([['All of it', 1]]);
  const file = messages[0]?.body.items[0]?.file ?? '';
  expect((await bytesOf(node, ben, { conversation: id, file })).equals(buffer)).toBe(true);
  await desk.close();
  await wire.end();
}, 120_000);
