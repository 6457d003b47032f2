import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { drag } from './lib/touch.ts';
import { closeWindows, Window } from './lib/window.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1180, height: 760 } };
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 640 }, hasTouch: true };
const SIZES = [
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const;

type Person = Awaited<ReturnType<NodeProcess['person']>>;

let node: NodeProcess;
let browser: Browser;
let ann: Person;
let ben: Person;
let carla: Person;
let zoe: Person;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
  [ann, ben, carla, zoe] = await Promise.all([
    node.person('ann', 'Ann Baker'),
    node.person('ben', 'Ben Okafor'),
    node.person('carla', 'Carla Müller'),
    node.person('zoe', 'Zoë Dubois'),
  ]);
  await say(ben, 'direct:ann,ben', 'The kiln is ready.');
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
}, 60_000);

const say = (person: Person, conversation: string, text: string) =>
  person.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body: { kind: 'text', text } });

/** A group that Ann owns, with the others in it. */
async function group(title: string, members: string[] = ['ben', 'carla']): Promise<string> {
  const { conversation } = await ann.call('conversations.create', { kind: 'group', title, members });
  return conversation.id;
}

async function enter(person: Person, options: BrowserContextOptions = DESKTOP): Promise<Window> {
  const window = await Window.open(browser, options);
  await window.signIn(node.url, person.token);
  return window;
}

const button = (window: Window, name: string) => window.page.getByRole('button', { name, exact: true });
const option = (window: Window, name: string) => window.page.getByRole('option', { name });
const item = (window: Window, name: string) => window.page.getByRole('menuitem', { name, exact: true });
const member = (window: Window, user: string) => window.page.locator(`.inlay-member[data-user=${user}]`);
const gone = (what: Locator) => what.waitFor({ state: 'detached' });

async function openDetails(window: Window, title: string): Promise<void> {
  await window.openConversation(title);
  await window.page.locator('.inlay-head-title').click();
  await window.page.getByRole('heading', { name: 'Details' }).waitFor();
}

/** Opens the menu of a member, and chooses. */
async function choose(window: Window, user: string, what: string): Promise<void> {
  await member(window, user).getByRole('button').click();
  await item(window, what).click();
}

/** Presses the button of the question that is asked. */
const answer = (window: Window, word: string) =>
  window.page.getByRole('dialog').getByRole('button', { name: word, exact: true }).click();

describe.each(SIZES)('beginning a conversation, %s', (size, options) => {
  test('with someone one knows, or by id; who is not there is explained', async () => {
    const window = await enter(ann, options);
    const { page } = window;
    const field = page.getByRole('combobox');
    await window.row('Ben').waitFor();
    await button(window, 'New conversation').click();
    await option(window, 'Ben Okafor').waitFor();
    expect(await faults(page)).toEqual([]);
    await field.fill('nobody-here');
    await page.getByText('There is nobody with the id “nobody-here”.').waitFor();
    await shows(() => field.getAttribute('aria-invalid'), 'true');
    expect(await faults(page)).toEqual([]);
    await field.fill('no good');
    await page.getByText('“no good” is no user id').waitFor();
    // Enter is pressed before the node could say whether there is such a person.
    await field.fill('zoe');
    await field.press('Enter');
    await page.locator('.inlay-conversation h2', { hasText: 'Zoë Dubois' }).waitFor();
    if (size === 'phone') await button(window, 'Back to conversations').click();
    await button(window, 'New conversation').click();
    await field.fill('oka');
    await option(window, 'Ben Okafor').waitFor();
    await field.press('Enter');
    await page.locator('.inlay-conversation h2', { hasText: 'Ben Okafor' }).waitFor();
    await window.close();
  }, 60_000);

  test('a group of three, and what the others see', async () => {
    const title = `Garden on ${size}`;
    const [window, other] = await Promise.all([enter(ann, options), enter(ben)]);
    const { page } = window;
    const field = page.getByRole('combobox');
    await button(window, 'New conversation').click();
    await button(window, 'New group').click();
    await page.getByRole('heading', { name: 'Choose members' }).waitFor();
    await shows(() => button(window, 'Next').isDisabled(), true);
    await option(window, 'Ben Okafor').click();
    await field.fill('carla');
    await option(window, 'Carla Müller').waitFor();
    await field.press('Enter');
    await field.fill('zoe');
    await option(window, 'Zoë Dubois').waitFor();
    await field.press('Enter');
    await button(window, 'Remove Zoë Dubois').waitFor();
    expect(await faults(page)).toEqual([]);
    // Backspace lets go of the last one, Enter goes on.
    await field.press('Backspace');
    await gone(button(window, 'Remove Zoë Dubois'));
    await field.press('Enter');
    await page.getByRole('heading', { name: 'New group' }).waitFor();
    await button(window, 'Create group').click();
    await page.getByText('Give the group a name.').waitFor();
    await page.getByLabel('Name of the group').fill(title);
    expect(await faults(page)).toEqual([]);
    await button(window, 'Create group').click();
    await page.locator('.inlay-conversation h2', { hasText: title }).waitFor();
    await page.locator('.inlay-standing', { hasText: '3 members' }).waitFor();
    await other.openConversation(title);
    await other.page.getByText(`Ann Baker started “${title}”`).first().waitFor();
    await Promise.all([window.close(), other.close()]);
  }, 60_000);
});

describe.each(SIZES)('the page of a conversation, %s', (size, options) => {
  test('what the owner changes, the other sees; who may not, has no button for it', async () => {
    const before = `Workshop ${size}`;
    const after = `Atelier ${size}`;
    const id = await group(before);
    const [window, other] = await Promise.all([enter(ann, options), enter(ben)]);
    const { page } = window;
    await Promise.all([openDetails(window, before), openDetails(other, before)]);
    await Promise.all([member(window, 'carla').waitFor(), member(other, 'carla').waitFor()]);
    expect(await faults(page)).toEqual([]);
    for (const name of ['Edit', 'Add people', 'From the start', 'Only admins'])
      await shows(() => button(other, name).count(), 0);
    await member(other, 'carla').getByRole('button').click();
    await shows(() => other.page.getByRole('menuitem').allInnerTexts(), ['Write message']);
    await other.page.keyboard.press('Escape');

    await button(window, 'Edit').click();
    await page.getByLabel('Name', { exact: true }).fill(after);
    expect(await faults(page)).toEqual([]);
    await button(window, 'Save').click();
    await other.row(after).waitFor();
    await other.page.locator('.hero h3', { hasText: after }).waitFor();
    await button(window, 'Only admins').click();
    await button(window, 'From joining on').click();
    await page.locator('[aria-pressed=true]', { hasText: 'Only admins' }).waitFor();
    await page.locator('[aria-pressed=true]', { hasText: 'From joining on' }).waitFor();
    const { conversation } = await ben.call('conversations.get', { conversation: id });
    expect([conversation.posting, conversation.history]).toEqual(['admins', 'joined']);
    await Promise.all([window.close(), other.close()]);
  }, 120_000);

  test('people are added, get roles, are removed; ownership goes over; one leaves', async () => {
    const title = `Kiln ${size}`;
    await group(title);
    const [window, other] = await Promise.all([enter(ann, options), enter(ben)]);
    const { page } = window;
    await Promise.all([openDetails(window, title), openDetails(other, title)]);
    await button(window, 'Add people').click();
    const dialog = page.getByRole('dialog');
    const field = dialog.getByRole('combobox');
    await field.fill('nobody-here');
    await dialog.getByText('There is nobody with the id “nobody-here”.').waitFor();
    await field.fill('carla');
    await dialog.getByText('Already a member').waitFor();
    await field.fill('zoe');
    await option(window, 'Zoë Dubois').waitFor();
    await field.press('Enter');
    expect(await faults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await Promise.all([member(window, 'zoe').waitFor(), member(other, 'zoe').waitFor()]);

    await choose(window, 'ben', 'Make admin');
    await member(window, 'ben').getByText('Admin').waitFor();
    await button(other, 'Add people').waitFor();
    await choose(other, 'zoe', 'Remove');
    expect(await faults(other.page)).toEqual([]);
    await answer(other, 'Remove');
    await Promise.all([gone(member(window, 'zoe')), gone(member(other, 'zoe'))]);

    await choose(window, 'ben', 'Hand over ownership');
    await answer(window, 'Hand over');
    await member(other, 'ben').getByText('Owner').waitFor();
    await member(window, 'ann').getByText('Admin').waitFor();
    await button(window, 'Leave').click();
    await answer(window, 'Leave');
    await gone(window.row(title));
    await gone(member(other, 'ann'));
    await button(other, 'Leave').click();
    await other.page.getByText('The admin who has been here longest becomes the owner').waitFor();
    await Promise.all([window.close(), other.close()]);
  }, 120_000);
});

test('a channel is joined, muted for a while, cleared and left', async () => {
  const created = await ann.call('conversations.create', {
    kind: 'channel',
    title: 'News',
    members: [],
    posting: 'admins',
  });
  await say(ann, created.conversation.id, 'We are open.');
  const window = await enter(carla);
  const { page } = window;
  await page.evaluate((id) => {
    location.hash = `#/c/${encodeURIComponent(id)}`;
  }, created.conversation.id);
  await window.message('We are open.').waitFor();
  await page.locator('.inlay-head-title').click();
  const join = page.locator('.inlay-details').getByRole('button', { name: 'Join' });
  await join.waitFor();
  await shows(() => button(window, 'Mute').count(), 0);
  await join.click();
  await button(window, 'Mute').click();
  await shows(
    () => page.getByRole('menuitem').allInnerTexts(),
    ['For an hour', 'For 8 hours', 'Until I turn it on again'],
  );
  await item(window, 'For an hour').click();
  await page.getByText('Muted until').waitFor();
  await window.row('News').getByLabel('Muted').waitFor();
  await button(window, 'Unmute').click();
  await gone(window.row('News').getByLabel('Muted'));
  await button(window, 'Clear history for me').click();
  await answer(window, 'Clear');
  await gone(window.message('We are open.'));
  await button(window, 'Leave').click();
  await page.getByText('You can join again at any time.').waitFor();
  await answer(window, 'Leave');
  await gone(window.row('News'));
  await window.close();
}, 60_000);

test('the page of one person, and of oneself', async () => {
  const window = await enter(ann);
  const { page } = window;
  await openDetails(window, 'Ben Okafor');
  await page.locator('.hero', { hasText: '@ben' }).waitFor();
  await shows(() => button(window, 'Leave').count(), 0);
  expect(await faults(page)).toEqual([]);
  // Escape closes the page, and the focus is back where it came from.
  await page.keyboard.press('Escape');
  await gone(page.locator('.inlay-details'));
  await shows(() => page.evaluate(() => document.activeElement?.className), 'inlay-head-title');
  await page.evaluate(() => {
    location.hash = '#/c/direct:ann,ann';
  });
  await page.locator('.inlay-conversation h2', { hasText: 'Notes to yourself' }).waitFor();
  await page.locator('.inlay-head-title').click();
  await page.getByText('only you can see').waitFor();
  await window.close();
}, 60_000);

describe('the list', () => {
  test('a row is pinned, muted, marked, archived and hidden from its menu, and that is undone', async () => {
    const title = 'Menu of a row';
    const id = await group(title, ['ben']);
    await say(ben, id, 'What do you think?');
    await say(ben, 'direct:ann,ben', 'Newer than that.');
    const window = await enter(ann);
    const { page } = window;
    const row = window.row(title);
    const first = page.locator('.inlay-conversation-row strong').first();
    const menu = async (what: string) => {
      await row.click({ button: 'right' });
      await item(window, what).click();
    };
    await row.waitFor();
    await shows(() => first.textContent(), 'Ben Okafor');
    await row.click({ button: 'right' });
    await item(window, 'Pin').waitFor();
    expect(await faults(page)).toEqual([]);
    await item(window, 'Pin').click();
    await row.getByLabel('Pinned').waitFor();
    await shows(() => first.textContent(), title);
    await menu('Mute');
    await row.getByLabel('Muted').waitFor();
    await menu('Mark as read');
    await gone(row.locator('.inlay-badge'));
    await menu('Mark as unread');
    await row.getByLabel('Marked as unread').waitFor();

    for (const what of ['Archive', 'Hide']) {
      await menu(what);
      await gone(row);
      await button(window, 'Undo').click();
      await row.waitFor();
    }
    await menu('Archive');
    await gone(row);
    await page.getByRole('button', { name: '1 archived conversation' }).click();
    await row.waitFor();
    expect(await faults(page)).toEqual([]);
    await menu('Unarchive');
    await gone(row);
    await button(window, 'Back to conversations').click();
    await row.waitFor();
    await menu('Unpin');
    await menu('Unmute');
    await window.close();
  }, 60_000);

  test('filters, keys, and the menu by key', async () => {
    const titles = Array.from({ length: 40 }, (_, i) => `Row ${String(i + 1).padStart(2, '0')}`);
    const dora = await node.person('dora', 'Dora');
    for (const title of titles) await dora.call('conversations.create', { kind: 'group', title });
    await say(ben, 'direct:ben,dora', 'Here I am.');
    const window = await enter(dora);
    const { page } = window;
    const focused = () => page.evaluate(() => document.activeElement?.querySelector('strong')?.textContent);
    await window.row('Ben Okafor').focus();
    await page.keyboard.press('ArrowDown');
    await shows(focused, 'Row 40');
    // Most of the rows are not drawn, and still the last one is a key away.
    await shows(
      () => page.locator('.inlay-conversation-row').count(),
      (seen) => expect(seen).toBeLessThan(35),
    );
    await page.keyboard.press('End');
    await window.row('Row 01').waitFor();
    const last = await focused();
    await page.keyboard.press('ArrowUp');
    await shows(focused, (seen) => expect(seen).not.toBe(last));
    await page.keyboard.press('Home');
    await window.row('Ben Okafor').waitFor();
    await shows(focused, 'Ben Okafor');
    await page.keyboard.press('Shift+F10');
    await item(window, 'Pin').waitFor();
    await page.keyboard.press('Escape');
    await shows(focused, 'Ben Okafor');

    await button(window, 'Unread').click();
    await gone(window.row('Row 40'));
    await shows(() => page.locator('.inlay-conversation-row').count(), 1);
    await button(window, 'Groups').click();
    await gone(window.row('Ben Okafor'));
    await button(window, 'All').click();
    await window.row('Ben Okafor').click();
    await gone(window.row('Ben Okafor').locator('.inlay-badge'));
    await button(window, 'Unread').click();
    await page.getByText('Nothing unread').waitFor();
    expect(await faults(page)).toEqual([]);
    await window.close();
  }, 90_000);

  test('a finger swipes a row one way to mark it, the other way to archive it, and scrolls along', async () => {
    const title = 'Swiped';
    const id = await group(title, ['ben']);
    await say(ben, id, 'Swipe me.');
    const window = await enter(ann, PHONE);
    const { page } = window;
    const row = window.row(title);
    await row.getByLabel('1 unread message').waitFor();
    await drag(row, 40, 0);
    await drag(row, 20, 120);
    await row.getByLabel('1 unread message').waitFor();
    await drag(row, 140, 0);
    await gone(row.locator('.inlay-badge'));
    await drag(row, 140, 0);
    await row.getByLabel('Marked as unread').waitFor();
    await drag(row, -140, 0);
    await gone(row);
    expect(await faults(page)).toEqual([]);
    await button(window, 'Undo').click();
    await row.waitFor();
    // None of it was a press.
    await shows(() => page.locator('.inlay-conversation').count(), 0);
    await window.close();
  }, 60_000);
});

test('the quick switcher leads anywhere by keys alone', async () => {
  await group('Studio 工作室');
  const window = await enter(ann);
  const { page } = window;
  const field = page.getByRole('dialog').getByRole('combobox');
  const title = (text: string) => page.locator('.inlay-conversation h2', { hasText: text }).waitFor();
  await window.row('Studio').waitFor();
  await page.keyboard.press('Control+k');
  await option(window, 'Studio').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.type('作室');
  await shows(() => page.getByRole('option').locator('mark').textContent(), '作室');
  await page.keyboard.press('Enter');
  await title('Studio 工作室');
  await page.keyboard.press('Control+k');
  await field.fill('MUELLER');
  await page.getByText('Nothing found.').waitFor();
  await field.fill('MULLER');
  await option(window, 'Carla Müller').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await title('Carla Müller');
  await page.keyboard.press('Control+k');
  await field.fill('zoe');
  await option(window, 'Zoë Dubois').waitFor();
  await page.keyboard.press('Escape');
  await gone(field);
  await title('Carla Müller');
  // Without a word it offers where one was last; arrows go on, and round.
  await page.keyboard.press('Control+k');
  const marked = () => page.locator('[data-marked]').textContent();
  await page.locator('[data-marked]').waitFor();
  const first = await marked();
  await page.keyboard.press('ArrowDown');
  await shows(marked, (seen) => expect(seen).not.toBe(first));
  await page.keyboard.press('ArrowUp');
  await shows(marked, first);
  await window.close();
}, 60_000);

test('what is closed and asked for again within one frame is there', async () => {
  const window = await enter(ann);
  const { page } = window;
  await window.row('Ben').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  for (const way of ['Escape', 'the button', 'a press beside it']) {
    // Frames and tasks of the browser cannot come between, so that its own word of the closing comes after both.
    const after = await page.evaluate(async (how) => {
      const dialog = document.querySelector('dialog') as HTMLDialogElement;
      const field = dialog.querySelector('input');
      if (how === 'Escape') dialog.requestClose();
      else if (how === 'the button') dialog.querySelector('button')?.click();
      else dialog.click();
      await null;
      const before = dialog.open;
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
      for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
      const anew = document.querySelector('dialog');
      return { before, open: anew?.open, another: anew?.querySelector('input') !== field };
    }, way);
    expect([way, after]).toEqual([way, { before: false, open: true, another: true }]);
  }
  await window.close();
}, 60_000);

test('who has read a message, who has only received it, and who has not', async () => {
  const title = 'Readers';
  const id = await group(title, ['ben', 'carla', 'zoe']);
  const { n } = await say(ann, id, 'Who reads this?');
  await zoe.call('receipts.mark', { conversation: id, deliveredN: n });
  const [window, other] = await Promise.all([enter(ann), enter(ben)]);
  const { page } = window;
  await other.openConversation(title);
  await other.message('Who reads this?').waitFor();
  await window.openConversation(title);
  await window.message('Who reads this?').getByLabel('Read', { exact: true }).waitFor();
  await window.message('Who reads this?').locator('.inlay-bubble').click({ button: 'right' });
  await item(window, 'Read by').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 person has not received it yet').waitFor();
  await shows(() => dialog.getByRole('listitem').allInnerTexts(), ['Ben Okafor', 'Zoë Dubois']);
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await carla.call('receipts.mark', { conversation: id, readN: n });
  await window.message('Who reads this?').locator('.inlay-bubble').click({ button: 'right' });
  await item(window, 'Read by').click();
  await dialog.getByText('Read by 2').waitFor();
  await Promise.all([window.close(), other.close()]);
}, 60_000);
