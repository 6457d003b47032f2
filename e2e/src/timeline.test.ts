import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { press } from './lib/touch.ts';
import { closeWindows, Window } from './lib/window.ts';

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

const say = async (
  person: Person,
  conversation: string,
  text: string,
  more: object = {},
): Promise<number> => {
  const body = { kind: 'text' as const, text };
  return (await person.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body, ...more })).n;
};

/** Ann and Ben in a group with some lines; nobody else looks at it. */
async function team(title: string, lines: readonly string[]) {
  const [ann, ben] = await Promise.all([node.person('ann', 'Ann'), node.person('ben', 'Ben')]);
  const made = await ben.call('conversations.create', { kind: 'group', title, members: ['ann'] });
  const { id } = made.conversation;
  for (const line of lines) await say(ben, id, line);
  return { ann, ben, id };
}

async function act(window: Window, text: string, item: string): Promise<void> {
  await window.message(text).locator('.inlay-bubble').hover();
  await window.page.getByRole('button', { name: 'Message actions' }).click();
  await window.page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('messages are answered, reacted to, copied and taken back by pointer, and the others see it', async () => {
  const { ann, ben, id } = await team('Pointer', ['One', 'Two', 'Three']);
  const [desk, other] = await Promise.all([
    Window.open(browser, { permissions: ['clipboard-read', 'clipboard-write'] }),
    Window.open(browser),
  ]);
  await desk.signIn(node.url, ann.token);
  await other.signIn(node.url, ben.token);
  await desk.openConversation('Pointer');
  await other.openConversation('Pointer');

  await act(desk, 'Two', 'Reply');
  await desk.write('Two what?');
  await other.message('Two what?').getByRole('button', { name: 'You' }).click();
  await other.page.locator('[data-found]', { hasText: 'Two' }).waitFor();

  await desk.message('Three').locator('.inlay-bubble').hover();
  await desk.page.getByRole('button', { name: 'Message actions' }).click();
  await desk.page.getByRole('menuitemcheckbox', { name: 'React with 🎉' }).click();
  await other.message('Three').getByRole('button', { name: '🎉, 1 reaction' }).click();
  await desk.message('Three').getByRole('button', { name: '🎉, 2 reactions' }).waitFor();
  await act(desk, 'Three', 'Reactions');
  await desk.page.getByRole('dialog').getByText('Ben').waitFor();
  await shows(() => desk.page.getByRole('dialog').getByRole('listitem').count(), 2);
  expect(await faults(desk.page)).toEqual([]);
  await desk.page.keyboard.press('Escape');

  await act(desk, 'One', 'Copy text');
  await desk.page.getByText('Copied').waitFor();
  await shows(() => desk.page.evaluate(() => navigator.clipboard.readText()), 'One');

  await act(desk, 'Two what?', 'Take back for everyone');
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await other.message('Ann took this message back').waitFor();
  await say(ben, id, 'Mail me at ben@example.com or see https://example.com/x?y=1.');
  const links = desk.message('Mail me').getByRole('link');
  await links.nth(1).waitFor();
  await shows(
    () => links.evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('rel')])),
    [
      ['mailto:ben@example.com', 'noopener noreferrer nofollow'],
      ['https://example.com/x?y=1', 'noopener noreferrer nofollow'],
    ],
  );
  await say(ben, id, '🎉🎉');
  await desk.message('🎉🎉').locator('.inlay-emojis.n2').waitFor();
  expect(await faults(desk.page)).toEqual([]);
  await desk.close();
  await other.close();
}, 90_000);

test('several messages are selected, copied, and deleted for me on every device and for nobody else', async () => {
  const { ann, ben } = await team('Choice', ['Apples', 'Pears', 'Plums', 'Figs']);
  const [desk, phone, other] = await Promise.all([
    Window.open(browser, { permissions: ['clipboard-read', 'clipboard-write'] }),
    Window.open(browser, { viewport: { width: 360, height: 720 }, hasTouch: true }),
    Window.open(browser),
  ]);
  await desk.signIn(node.url, ann.token);
  await phone.signIn(node.url, ann.token);
  await other.signIn(node.url, ben.token);
  for (const window of [desk, phone, other]) await window.openConversation('Choice');

  await act(desk, 'Apples', 'Select');
  await desk.message('Plums').click();
  await desk.page.getByText('2 selected').waitFor();
  expect(await faults(desk.page)).toEqual([]);
  // What others wrote is not mine to take back: a member may only delete it for themselves.
  await shows(() => desk.page.getByRole('button', { name: 'Take back' }).count(), 0);
  await desk.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await desk.page.getByText('Copied').waitFor();
  await shows(() => desk.page.evaluate(() => navigator.clipboard.readText()), 'Apples\nPlums');

  await act(desk, 'Apples', 'Select');
  await desk.message('Figs').click();
  await desk.page
    .getByRole('toolbar', { name: 'Selected messages' })
    .getByRole('button', { name: 'Delete' })
    .click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  for (const window of [desk, phone]) {
    await window.message('Apples').waitFor({ state: 'detached' });
    await window.message('Figs').waitFor({ state: 'detached' });
    await shows(() => window.texts(), ['Pears', 'Plums']);
  }
  await shows(() => other.texts(), ['Apples', 'Pears', 'Plums', 'Figs']);
  for (const window of [desk, phone, other]) await window.close();
}, 90_000);

test('everything with a message can be done by key, and by a resting finger', async () => {
  const { ann, ben } = await team('Keys', ['First', 'Second', 'Third']);
  const desk = await Window.open(browser);
  await desk.signIn(node.url, ann.token);
  await desk.openConversation('Keys');
  await desk.message('Third').waitFor();
  await desk.page.getByRole('region', { name: 'Messages with Keys' }).focus();
  await desk.page.keyboard.press('ArrowUp');
  await desk.page.keyboard.press('ArrowUp');
  await shows(
    () => desk.page.locator('.inlay-message:focus').textContent(),
    expect.stringContaining('Second'),
  );
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('menu', { name: 'Message actions' }).waitFor();
  expect(await faults(desk.page)).toEqual([]);
  await desk.page.keyboard.press('Escape');
  await shows(
    () => desk.page.locator('.inlay-message:focus').textContent(),
    expect.stringContaining('Second'),
  );
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('menuitem', { name: 'Reply' }).focus();
  await desk.page.keyboard.press('Enter');
  await desk.write('by key');
  await desk.message('by key').locator('.inlay-quote', { hasText: 'Second' }).waitFor();
  await desk.close();

  const phone = await Window.open(browser, PHONE);
  await phone.signIn(node.url, ben.token);
  await phone.openConversation('Keys');
  const finger = await press(phone.message('Third').locator('.inlay-bubble'));
  await phone.page.getByRole('menu', { name: 'Message actions' }).waitFor();
  await finger.lift();
  expect(await faults(phone.page)).toEqual([]);
  await shows(
    () => phone.page.getByRole('menu').boundingBox(),
    (menu) => {
      expect(menu?.x).toBeGreaterThanOrEqual(0);
      expect((menu?.x ?? 0) + (menu?.width ?? 0)).toBeLessThanOrEqual(360);
    },
  );
  await phone.page.getByRole('menuitem', { name: 'Read by' }).click();
  await phone.page.getByRole('dialog').getByText('Ann').waitFor();
  await phone.close();
}, 90_000);

/** The browser tells of scrolling with its next frame. */
const scrolled = (window: Window) =>
  window.page.evaluate(async () => {
    for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });

/** Has a list end between two pixels: under a finger that does not scroll it, Chromium then rounds where it stands. */
const endBetweenPixels = (window: Window) =>
  window.page.locator('.inlay-rows').evaluate((rows) => {
    const past = rows.getBoundingClientRect().height % 1;
    (rows as HTMLElement).style.marginBottom = `${1.6 - past}px`;
  });

test('a menu stays as messages come, and closes as I scroll', async () => {
  const lines = Array.from({ length: 30 }, (_, i) => `line ${i + 1}.`);
  const { ann, ben, id } = await team('Staying', lines);
  const desk = await Window.open(browser);
  const menu = desk.page.getByRole('menu', { name: 'Message actions' });
  await desk.signIn(node.url, ann.token);
  await desk.openConversation('Staying');
  await desk.message('line 30.').locator('.inlay-bubble').click({ button: 'right' });
  await menu.waitFor();
  await say(ben, id, 'What moves the others up.');
  await desk.message('What moves').waitFor();
  await scrolled(desk);
  await menu.getByRole('menuitem', { name: 'Reply' }).click();
  await desk.page.getByText('Reply to Ben').waitFor();
  await desk.message('line 29.').locator('.inlay-bubble').click({ button: 'right' });
  await menu.waitFor();
  await desk.page.mouse.wheel(0, -300);
  await menu.waitFor({ state: 'detached' });
  await desk.close();

  const phone = await Window.open(browser, PHONE);
  const held = phone.page.getByRole('menu', { name: 'Message actions' });
  await phone.signIn(node.url, ann.token);
  await phone.openConversation('Staying');
  await endBetweenPixels(phone);
  await scrolled(phone);
  const resting = await press(phone.message('What moves').locator('.inlay-bubble'));
  await held.waitFor();
  await resting.move(30, 0);
  await resting.lift();
  await say(ben, id, 'Once more.');
  await phone.message('Once more.').waitFor();
  await scrolled(phone);
  await held.getByRole('menuitem', { name: 'Reply' }).click();
  await phone.page.getByText('Reply to Ben').waitFor();
  const finger = await press(phone.message('Once more.').locator('.inlay-bubble'));
  await held.waitFor();
  for (let step = 1; step <= 8; step++) await finger.move(0, 20 * step);
  await held.waitFor({ state: 'detached' });
  await finger.lift();
  await phone.close();
}, 60_000);

test('an unread mention has a badge, and a way to it', async () => {
  const { ann, ben, id } = await team('Mentions', []);
  await say(ben, id, 'look @Ann', { mentions: ['ann'] });
  for (let i = 1; i <= 60; i++) await say(ben, id, `line ${i}.`);
  const n = await say(ben, id, 'once more @Ann', { mentions: ['ann'] });
  const desk = await Window.open(browser);
  await desk.signIn(node.url, ann.token);
  await desk.row('Mentions').getByLabel('Mentions you').waitFor();
  await desk.openConversation('Mentions');
  await desk.message('look @Ann').waitFor();
  await desk.message('look @Ann').locator('.inlay-mention.me').waitFor();
  // The first one is read by opening; the second waits further down.
  await desk.page.getByRole('button', { name: 'To the message that mentions you' }).click();
  await desk.page.locator(`[data-found][data-n="${n}"]`).waitFor();
  await desk.row('Mentions').getByLabel('Mentions you').waitFor({ state: 'detached' });
  await desk.close();
}, 90_000);

test('a channel that I do not belong to is read as it goes on, and may be joined', async () => {
  const [ann, ben] = await Promise.all([node.person('ann', 'Ann'), node.person('ben', 'Ben')]);
  const made = await ben.call('conversations.create', {
    kind: 'channel',
    title: 'Market',
    posting: 'admins',
  });
  const { id } = made.conversation;
  await say(ben, id, 'Apples are here.');
  const desk = await Window.open(browser);
  await desk.signIn(node.url, ann.token);
  await desk.page.evaluate((to) => {
    location.hash = `#/c/${encodeURIComponent(to)}`;
  }, id);
  await desk.page.locator('.inlay-conversation h2', { hasText: 'Market' }).waitFor();
  await desk.message('Apples are here.').waitFor();
  await say(ben, id, 'Pears, too.');
  await desk.message('Pears, too.').waitFor();
  await shows(() => desk.row('Market').count(), 0);
  await desk.page.getByRole('button', { name: 'Join' }).click();
  await desk.row('Market').waitFor();
  await desk.page.getByText('Only admins write here.').waitFor();
  expect(await faults(desk.page)).toEqual([]);
  await desk.close();
}, 60_000);

test('loading older messages shifts nothing', async () => {
  const { ann, ben } = await team('Long', []);
  const conversation = 'direct:ann,ben';
  for (let i = 1; i <= 260; i++)
    await say(ben, conversation, `line ${i}. ${'and more words '.repeat((i * 7) % 11)}`);
  await ann.call('receipts.mark', { conversation, readN: 260 });
  const desk = await Window.open(browser);
  await desk.signIn(node.url, ann.token);
  await desk.openConversation('Ben');
  await desk.message('line 260.').waitFor();
  const { shift, most, oldest } = await desk.page.evaluate(async () => {
    let [shift, most] = [0, 0];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift' });
    const box = document.querySelector('.inlay-scroll') as HTMLElement;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const oldest = () => Number(document.querySelector<HTMLElement>('.inlay-rows [data-n]')?.dataset.n);
    while (oldest() > 1) {
      box.scrollTop = 100;
      for (let i = 0; i < 10; i++) await frame();
      most = Math.max(most, document.querySelectorAll('.inlay-message').length);
    }
    return { shift, most, oldest: oldest() };
  });
  expect(oldest).toBe(1);
  expect(shift).toBe(0);
  expect(most).toBeLessThan(200);
  await desk.close();
}, 90_000);
