import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import type { Browser, Locator } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

/** The protocol's, in UTF-16 code units. */
const LIMIT = 10_000;
/** What is seen on a phone; the page's headings are those of the list behind it. */
const CONVERSATION = { within: '.inlay-conversation' };
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

type Person = Awaited<ReturnType<NodeProcess['person']>>;

const say = async (person: Person, conversation: string, text: string): Promise<number> => {
  const body = { kind: 'text' as const, text };
  return (await person.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body })).n;
};

/** A group of Ben's, with Ann and Zoe in it and some lines of Ben's. */
async function team(title: string, lines: readonly string[] = []) {
  const [ann, ben, zoe] = await Promise.all([
    node.person('ann', 'Ann'),
    node.person('ben', 'Ben Okafor'),
    node.person('zoe', 'Zoë Adler'),
  ]);
  const members = ['ann', 'zoe'];
  const { id } = (await ben.call('conversations.create', { kind: 'group', title, members })).conversation;
  for (const line of lines) await say(ben, id, line);
  return { ann, ben, zoe, id };
}

const field = (window: Window): Locator => window.page.getByRole('textbox', { name: 'Message', exact: true });
const value = (window: Window): Promise<string> => field(window).inputValue();
const option = (window: Window, name: string | RegExp): Locator => window.page.getByRole('option', { name });
const chosen = (window: Window): Locator => window.page.locator('[role=option][aria-selected=true]');

async function open(title: string, token: string, options: object = {}): Promise<Window> {
  const window = await Window.open(browser, options);
  await window.signIn(node.url, token);
  await window.openConversation(title);
  return window;
}

/** Waits until the field says this, as it is filled by something else than the test. */
const says = (window: Window, text: string) =>
  window.page.waitForFunction((wanted) => document.querySelector('textarea')?.value === wanted, text);

/** Waits until my message has arrived. */
const sent = (window: Window, text: string): Promise<void> =>
  window.page.locator('.inlay-message[data-state=sent]', { hasText: text }).waitFor();

const act = async (window: Window, text: string, item: string): Promise<void> => {
  await window.message(text).locator('.inlay-bubble').click({ button: 'right' });
  await window.page.getByRole('menuitem', { name: item, exact: true }).click();
};

test('Enter sends and Shift+Enter begins a line; by the setting Ctrl+Enter sends; on a phone the button does', async () => {
  const { ann } = await team('Keys', ['Hello']);
  const desk = await open('Keys', ann.token);
  const { page } = desk;
  await page.locator('textarea:focus').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await shows(() => value(desk), 'one\ntwo');
  // This Enter takes a suggestion of an input method, as Safari tells it.
  await field(desk).evaluate((element) =>
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true })),
  );
  await shows(() => value(desk), 'one\ntwo');
  await page.keyboard.press('Enter');
  await sent(desk, 'two');
  await shows(() => value(desk), '');
  await shows(() => desk.texts(), ['Hello', 'one\ntwo']);
  // Nothing but space is nothing to send.
  await page.keyboard.type('  ');
  await page.keyboard.press('Enter');
  await shows(() => page.getByRole('button', { name: 'Send', exact: true }).isDisabled(), true);
  await shows(() => value(desk), '  ');

  await page.evaluate(() => localStorage.setItem('inlay.settings', JSON.stringify({ enterSends: false })));
  await page.reload();
  await page.locator('textarea:focus').waitFor();
  await field(desk).fill('three');
  await page.keyboard.press('Enter');
  await page.keyboard.type('four');
  await shows(() => value(desk), 'three\nfour');
  await page.keyboard.press('Control+Enter');
  await sent(desk, 'three');
  await shows(() => value(desk), '');
  await desk.close();

  const phone = await open('Keys', ann.token, PHONE);
  await unfocused(phone);
  await field(phone).tap();
  await phone.page.keyboard.type('five');
  await phone.page.keyboard.press('Enter');
  await phone.page.keyboard.type('six');
  await shows(() => value(phone), 'five\nsix');
  expect(await faults(phone.page, CONVERSATION)).toEqual([]);
  await phone.page.getByRole('button', { name: 'Send', exact: true }).tap();
  await sent(phone, 'six');
  // The keyboard stays for the next one.
  await shows(() => phone.page.locator('textarea:focus').count(), 1);
  await phone.close();
}, 90_000);

/** A phone's keyboard comes when it is asked for. */
async function unfocused(window: Window): Promise<void> {
  await field(window).waitFor();
  await shows(() => window.page.locator('textarea:focus').count(), 0);
}

test('a draft is in step on another device, and gone there once it is sent', async () => {
  const { ann, ben } = await team('Draft', ['Hello']);
  const [desk, phone, other] = await Promise.all([
    open('Draft', ann.token),
    open('Draft', ann.token, PHONE),
    open('Draft', ben.token),
  ]);
  await field(desk).pressSequentially('Hi @zo');
  await option(desk, 'Zoë').click();
  await other.page.getByText('Ann is typing…').first().waitFor();
  await says(phone, 'Hi @Zoë Adler ');
  // Whom the draft mentions is mentioned by the device that sends it, too.
  await phone.page.getByRole('button', { name: 'Send', exact: true }).tap();
  await other.message('Hi @Zoë Adler').locator('.inlay-mention').waitFor();
  await says(desk, '');
  for (const window of [desk, phone, other]) await window.close();
}, 90_000);

test('the arrow up edits my last message; Escape leaves the draft as it was', async () => {
  const { ann, ben } = await team('Edit', ['Hello']);
  const [desk, other] = await Promise.all([open('Edit', ann.token), open('Edit', ben.token)]);
  const { page } = desk;
  await desk.write('On Friday');
  await sent(desk, 'On Friday');
  await page.keyboard.press('ArrowUp');
  await page.getByText('Editing', { exact: true }).waitFor();
  await shows(() => value(desk), 'On Friday');
  expect(await faults(page)).toEqual([]);
  await page.keyboard.type(' at ten');
  await page.keyboard.press('Enter');
  await other.message('On Friday at ten').getByText('edited').waitFor();
  await page.getByText('Editing', { exact: true }).waitFor({ state: 'detached' });
  await shows(() => value(desk), '');

  await page.keyboard.type('something else');
  // In a field with a text the arrow is the caret's.
  await page.keyboard.press('ArrowUp');
  await shows(() => page.getByText('Editing', { exact: true }).count(), 0);
  await act(desk, 'On Friday', 'Edit');
  await says(desk, 'On Friday at ten');
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('!');
  await page.keyboard.press('Escape');
  await says(desk, 'something else');
  await shows(() => desk.message('On Friday').locator('.inlay-words').textContent(), 'On Friday at ten');
  await desk.close();
  await other.close();
}, 90_000);

test('the reply bar says whom I answer, leads there, and goes by Escape or its button', async () => {
  const { ann, ben } = await team('Reply', ['One', 'Two', 'Three']);
  const [desk, other] = await Promise.all([open('Reply', ann.token), open('Reply', ben.token)]);
  const { page } = desk;
  await field(desk).fill('Well, ');
  const bar = page.locator('.inlay-composer .target');
  await act(desk, 'Three', 'Reply');
  await bar.getByText('Reply to Ben Okafor').waitFor();
  await page.locator('textarea:focus').waitFor();
  await shows(() => bar.textContent(), expect.stringContaining('Three'));
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await shows(() => value(desk), 'Well, ');

  await act(desk, 'Two', 'Reply');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await bar.waitFor({ state: 'detached' });

  await act(desk, 'Three', 'Reply');
  await bar.getByRole('button', { name: /Reply to/ }).click();
  await page.locator('[data-found]', { hasText: 'Three' }).waitFor();
  await field(desk).focus();
  await page.keyboard.type('yes');
  await page.keyboard.press('Enter');
  await other.message('Well, yes').locator('.inlay-quote', { hasText: 'Three' }).waitFor();
  await bar.waitFor({ state: 'detached' });
  await desk.close();
  await other.close();
}, 90_000);

test('a mention is completed by key and by pointer, and whoever is mentioned sees it marked', async () => {
  const { ann, ben, zoe, id } = await team('Mention');
  await say(zoe, id, 'Morning');
  await say(ben, id, 'Hello');
  const [desk, other] = await Promise.all([open('Mention', ann.token), open('Mention', ben.token)]);
  const { page } = desk;
  await field(desk).pressSequentially('Hi @');
  // Who spoke last comes first, and I am not offered to myself.
  await option(desk, 'Ben').waitFor();
  await shows(() => page.getByRole('option').locator('.name').allInnerTexts(), ['Ben Okafor', 'Zoë Adler']);
  await shows(() => chosen(desk).textContent(), expect.stringContaining('Ben'));
  await shows(() => field(desk).getAttribute('aria-activedescendant'), await chosen(desk).getAttribute('id'));
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('ArrowUp');
  await shows(() => chosen(desk).textContent(), expect.stringContaining('Zoë'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await shows(() => value(desk), 'Hi @Ben Okafor ');
  // The field's own undo takes it back.
  await page.keyboard.press('Control+z');
  await shows(() => value(desk), 'Hi @');
  await page.keyboard.press('ArrowRight');
  await option(desk, 'Ben').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('and @zoe');
  await option(desk, 'Zoë').click();
  await shows(() => value(desk), 'Hi @Ben Okafor and @Zoë Adler ');
  await page.locator('textarea:focus').waitFor();

  // Closed by Escape the list stays closed for this one.
  await page.keyboard.type('@b');
  await option(desk, 'Ben').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await page.keyboard.type('e');
  await page.keyboard.press('Enter');
  const message = other.message('Hi @Ben Okafor and @Zoë Adler @be');
  await message.locator('.inlay-mention.me', { hasText: '@Ben Okafor' }).waitFor();
  await message.locator('.inlay-mention:not(.me)', { hasText: '@Zoë Adler' }).waitFor();
  await shows(() => message.locator('.inlay-mention').count(), 2);
  await desk.close();
  await other.close();
}, 90_000);

test('a shortcode is completed from a list, or by its last colon; a time of day is none', async () => {
  const { ann } = await team('Shortcode');
  const desk = await open('Shortcode', ann.token);
  const { page } = desk;
  await field(desk).pressSequentially('so :smi');
  await option(desk, ':smile:').waitFor();
  expect(await faults(page)).toEqual([]);
  await option(desk, ':smile:').hover();
  while (!(await chosen(desk).textContent())?.includes(':smile:')) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await shows(() => value(desk), 'so 😄 ');
  await page.keyboard.type(':rocket:');
  await says(desk, 'so 😄 🚀');
  await page.keyboard.type(' at 10:30');
  await shows(() => page.getByRole('listbox').count(), 0);
  await page.keyboard.press('Enter');
  await sent(desk, 'so 😄 🚀 at 10:30');
  await desk.close();
}, 90_000);

test('the emoji picker: loaded when first used, by search, category, tone and key, with the last ones used', async () => {
  const { ann } = await team('Picker');
  const desk = await open('Picker', ann.token);
  const { page } = desk;
  const scripts: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
  const picker = page.getByRole('dialog', { name: 'Emoji' });
  const button = page.getByRole('button', { name: 'Emoji', exact: true });
  const cell = (name: string) => picker.getByRole('gridcell', { name, exact: true });
  await field(desk).fill('Hi ');
  expect(scripts).toEqual([]);
  await button.click();
  await cell('grinning face').waitFor();
  expect(scripts.length).toBeGreaterThan(0);
  expect(await faults(page)).toEqual([]);

  // Search has the focus. Enter takes the first one that is found.
  await page.keyboard.type('red heart');
  await picker.getByText('Search results').waitFor();
  await cell('red heart').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await picker.waitFor({ state: 'detached' });
  await shows(() => value(desk), 'Hi ❤️');
  await page.locator('textarea:focus').waitFor();

  // By category and pointer, in a tone of skin, with Shift to go on.
  await button.click();
  await picker.getByRole('button', { name: 'Skin tone: None' }).click();
  await picker.getByRole('button', { name: 'Medium', exact: true }).waitFor();
  expect(await faults(page)).toEqual([]);
  await picker.getByRole('button', { name: 'Medium', exact: true }).click();
  await picker.getByRole('button', { name: 'People and body' }).click();
  await cell('waving hand').click({ modifiers: ['Shift'] });
  await cell('thumbs up').click();
  await shows(() => value(desk), 'Hi ❤️👋🏽👍🏽');

  // By key: from the search to the cells, along them, and out again.
  await button.click();
  await picker.getByText('Recently used').waitFor();
  const recent = picker.locator('[data-section="0"]').getByRole('gridcell');
  await shows(() => recent.allInnerTexts(), ['👍🏽', '👋🏽', '❤️']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await shows(() => value(desk), 'Hi ❤️👋🏽👍🏽👋🏽');
  await button.click();
  await cell('grinning face').waitFor();
  await page.keyboard.type('qqqq');
  await picker.getByText('Nothing found').waitFor();
  await page.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });
  await page.locator('textarea:focus').waitFor();
  // The caret has its place.
  await page.keyboard.press('Home');
  await button.click();
  await cell('grinning face').click();
  await shows(() => value(desk), '😀Hi ❤️👋🏽👍🏽👋🏽');
  await desk.close();
}, 90_000);

test('on a phone the picker takes the place of the keyboard', async () => {
  const { ann } = await team('Panel', ['Hello']);
  const phone = await open('Panel', ann.token, PHONE);
  const { page } = phone;
  const panel = page.getByRole('region', { name: 'Emoji' });
  const button = page.getByRole('button', { name: 'Emoji', exact: true });
  await field(phone).fill('ab');
  await field(phone).evaluate((element) => (element as HTMLTextAreaElement).setSelectionRange(1, 1));
  await button.tap();
  for (const name of ['grinning face', 'winking face'])
    await panel.getByRole('gridcell', { name, exact: true }).tap();
  await shows(() => value(phone), 'a😀😉b');
  await shows(() => page.locator(':is(textarea, input):focus').count(), 0);
  await shows(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await shows(
    () => panel.boundingBox(),
    (box) => expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(720),
  );
  await shows(() => phone.message('Hello').isVisible(), true);
  expect(await faults(page, CONVERSATION)).toEqual([]);
  // Sending leaves it open; the field puts it away.
  await page.getByRole('button', { name: 'Send', exact: true }).tap();
  await sent(phone, 'a😀😉b');
  await shows(() => panel.count(), 1);
  await field(phone).tap();
  await panel.waitFor({ state: 'detached' });
  await phone.close();
}, 90_000);

test('the limit: said when it is near, and nothing is sent beyond it', async () => {
  const { ann } = await team('Limit', ['Hello']);
  const desk = await open('Limit', ann.token);
  const { page } = desk;
  const limit = page.locator('.inlay-composer .limit');
  await field(desk).fill('a'.repeat(LIMIT - 501));
  await shows(() => limit.count(), 0);
  const conversation = await page.locator('.inlay-conversation').boundingBox();
  await shows(
    () => field(desk).boundingBox(),
    (box) => expect(box?.height).toBeLessThanOrEqual(0.4 * (conversation?.height ?? 0) + 1),
  );
  await field(desk).fill('a'.repeat(LIMIT - 12));
  await limit.getByText('12 characters left').waitFor();
  expect(await faults(page)).toEqual([]);
  await field(desk).fill('a'.repeat(LIMIT + 1));
  await limit.getByText('1 character too long').waitFor();
  await shows(() => field(desk).getAttribute('aria-invalid'), 'true');
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  expect((await value(desk)).length).toBe(LIMIT + 1);
  await page.keyboard.press('Backspace');
  await limit.getByText('0 characters left').waitFor();
  await page.keyboard.press('Enter');
  await sent(desk, 'aaaa');
  await shows(async () => (await desk.texts()).map((text) => text.length), [5, LIMIT]);
  await desk.close();
}, 90_000);

/** What is dragged or pasted, made in the page. */
const transfer = (window: Window, what: { file?: boolean; text?: string }) =>
  window.page.evaluateHandle(({ file, text }) => {
    const made = new DataTransfer();
    if (file) made.items.add(new File(['x'], 'tiles.png', { type: 'image/png' }));
    if (text !== undefined) made.setData('text/plain', text);
    return made;
  }, what);

test('text beside a file is pasted, and text from elsewhere comes without its looks', async () => {
  const { ann } = await team('Files', ['Hello']);
  const desk = await open('Files', ann.token, { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = desk;
  const paste = (what: { file?: boolean; text?: string }) =>
    transfer(desk, what).then((clipboardData) =>
      field(desk).evaluate((element, data) => {
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        return element.dispatchEvent(event);
      }, clipboardData),
    );
  // A paste that is let through is the browser's own.
  expect(await paste({ text: 'words' })).toBe(true);
  expect(await paste({ text: 'a table', file: true })).toBe(true);
  expect(await paste({ file: true })).toBe(false);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await shows(() => value(desk), '');
  // The caret is where it was.
  await page.keyboard.type('so ');

  await page.evaluate(async () => {
    const html = new Blob(['<b>bold</b>'], { type: 'text/html' });
    const plain = new Blob(['bold'], { type: 'text/plain' });
    await navigator.clipboard.write([new ClipboardItem({ 'text/html': html, 'text/plain': plain })]);
  });
  await field(desk).press('Control+v');
  await says(desk, 'so bold');
  await desk.close();
}, 90_000);

test('where only admins write, and in a channel that I have not joined, a bar says so', async () => {
  const { ann, ben, id } = await team('Quiet', ['Hello']);
  const desk = await open('Quiet', ann.token);
  const { page } = desk;
  await ben.call('conversations.update', { conversation: id, posting: 'admins' });
  await page.getByText('Only admins write here.').waitFor();
  await shows(() => field(desk).count(), 0);
  expect(await faults(page)).toEqual([]);
  await ben.call('conversations.update', { conversation: id, posting: 'everyone' });
  await field(desk).waitFor();

  const channel = { kind: 'channel', title: 'News', posting: 'everyone' } as const;
  const news = (await ben.call('conversations.create', channel)).conversation;
  await say(ben, news.id, 'We are open.');
  await page.evaluate((conversation) => {
    location.hash = `#/c/${encodeURIComponent(conversation)}`;
  }, news.id);
  await desk.message('We are open.').waitFor();
  await page.getByText('Join to hear what is new here.').waitFor();
  expect(await faults(page)).toEqual([]);
  await say(ben, news.id, 'Come in.');
  await desk.message('Come in.').waitFor();
  await page.getByRole('button', { name: 'Join' }).click();
  await desk.write('Glad to be here.');
  await sent(desk, 'Glad to be here.');
  await desk.row('News').waitFor();
  await desk.close();
}, 90_000);
