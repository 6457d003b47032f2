import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { bytesOf, mediaOf } from './lib/files.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { press } from './lib/touch.ts';
import { closeWindows, Window } from './lib/window.ts';

const PHONE = { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true } as const;
/** A microphone that beeps. */
const DEVICE = '--use-fake-device-for-media-stream';
/** Whoever asks for it gets it. */
const ALLOWED = '--use-fake-ui-for-media-stream';
/** What is seen on a phone; the page's headings are those of the list behind it. */
const CONVERSATION = { within: '.inlay-conversation' };

let node: NodeProcess;
let browser: Browser;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch([DEVICE, ALLOWED])]);
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
  const body = { kind: 'text' as const, text: 'Call me' };
  await ben.call('messages.send', { conversation: id, id: Bun.randomUUIDv7(), body });
  return { ann, ben, id };
}

async function open(
  title: string,
  token: string,
  { by = browser, ...options }: BrowserContextOptions & { by?: Browser } = {},
): Promise<Window> {
  const window = await Window.open(by, options);
  await window.signIn(node.url, token);
  await window.openConversation(title);
  await window.message('Call me').waitFor();
  return window;
}

const button = ({ page }: Window, name: string): Locator => page.getByRole('button', { name, exact: true });
const microphone = (window: Window): Locator => button(window, 'Record a voice message');
const recorder = ({ page }: Window): Locator => page.locator('.inlay-recorder');
const field = ({ page }: Window): Locator => page.getByRole('textbox', { name: 'Message', exact: true });
const sent = ({ page }: Window): Locator => page.locator('.inlay-message.own[data-state=sent]');
/** Waits until at least so many seconds of it are recorded. */
const lasts = (window: Window, seconds: number) =>
  shows(
    async () => {
      const [minutes, rest] = ((await recorder(window).locator('.time').textContent()) ?? '')
        .split(':')
        .map(Number);
      return (minutes ?? Number.NaN) * 60 + (rest ?? Number.NaN);
    },
    (seen) => expect(seen).toBeGreaterThanOrEqual(seconds),
  );

test('recorded, paused, listened to, gone on with and sent: it is heard at the other end', async () => {
  const { ann, ben, id } = await team('Voice');
  const [desk, other] = await Promise.all([open('Voice', ann.token), open('Voice', ben.token)]);
  const { page } = desk;
  // Where something is written, the button sends it.
  await field(desk).fill('x');
  await shows(() => microphone(desk).count(), 0);
  await field(desk).fill('');
  const began = performance.now();
  await microphone(desk).click();
  await lasts(desk, 1);
  await shows(() => field(desk).count(), 0);
  await shows(() => recorder(desk).locator('.live path').getAttribute('d'), expect.stringMatching(/^M1 /));
  await shows(() => page.getByRole('log').textContent(), expect.stringContaining('Recording'));
  expect(await faults(page)).toEqual([]);

  await button(desk, 'Pause recording').click();
  const position = recorder(desk).getByRole('slider', { name: 'Position' });
  await position.waitFor();
  expect(await faults(page)).toEqual([]);
  await button(desk, 'Play').click();
  await page.waitForFunction(
    () => Number(document.querySelector('.inlay-recorder [role=slider]')?.ariaValueNow) > 0,
  );
  // At its end it is at the beginning again.
  await button(desk, 'Play').waitFor();
  await button(desk, 'Go on recording').click();
  await lasts(desk, 3);
  await button(desk, 'Send').click();
  await field(desk).waitFor();
  await sent(desk).waitFor();
  await page.locator('textarea:focus').waitFor();

  await other.page.locator('.inlay-voice').waitFor();
  const [message] = await mediaOf(ben, id);
  expect(message?.body.items).toHaveLength(1);
  const item = message?.body.items[0];
  expect(item?.kind).toBe('voice');
  expect(item?.type).toBe('audio/webm');
  expect(item?.duration).toBeGreaterThan(3000);
  expect(item?.duration).toBeLessThan(performance.now() - began);
  const bars = Buffer.from(item?.waveform ?? '', 'base64');
  expect(bars.length).toBeGreaterThan(50);
  expect(bars.length).toBeLessThanOrEqual(100);
  // The beep of the microphone that is none, and the silence between.
  expect(Math.max(...bars)).toBeGreaterThan(Math.min(...bars) + 50);
  const bytes = await bytesOf(node, ben, { conversation: id, file: item?.file ?? '' });
  expect(bytes.includes('A_OPUS')).toBe(true);

  await other.page.locator('.inlay-voice').getByRole('button', { name: 'Play' }).click();
  await other.page.locator('.inlay-voice').getByRole('button', { name: 'Pause' }).waitFor();
  await desk.close();
  await other.close();
}, 90_000);

test('discarded by button and by Escape; a long one only if I am sure', async () => {
  const { ann, ben, id } = await team('Discarded');
  const desk = await open('Discarded', ann.token);
  const { page } = desk;
  await page.clock.install();
  await microphone(desk).click();
  await recorder(desk).locator('.time').waitFor();
  await button(desk, 'Discard recording').click();
  await field(desk).waitFor();
  await microphone(desk).click();
  await recorder(desk).locator('.time').waitFor();
  await page.keyboard.press('Escape');
  await field(desk).waitFor();
  await shows(() => page.locator('.inlay-conversation').count(), 1);

  await microphone(desk).click();
  await recorder(desk).locator('.time').waitFor();
  await page.clock.fastForward(12_000);
  await lasts(desk, 12);
  await page.keyboard.press('Escape');
  await page.getByText(/You have recorded 0:\d\d. It cannot be restored./).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  // It stands still, and can go on.
  await button(desk, 'Go on recording').click();
  // It is as long as may be, and ends by itself.
  await button(desk, 'Pause recording').waitFor();
  await page.clock.fastForward(3_600_000);
  await page.locator('.inlay-toast', { hasText: 'A voice message lasts 1:00:00 at most.' }).waitFor();
  await recorder(desk).getByRole('slider').waitFor();
  await shows(() => button(desk, 'Go on recording').count(), 0);
  expect(await faults(page)).toEqual([]);
  await button(desk, 'Discard recording').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await field(desk).waitFor();
  expect(await mediaOf(ben, id)).toEqual([]);
  await desk.close();
}, 90_000);

test('what I record is kept when I go elsewhere, where I record nothing else before it is gone', async () => {
  const { ann, ben, id } = await team('Left');
  await team('Elsewhere');
  const desk = await open('Left', ann.token);
  const { page } = desk;
  await microphone(desk).click();
  await lasts(desk, 1);
  await desk.openConversation('Elsewhere');
  await field(desk).waitFor();
  await microphone(desk).click();
  await page.getByRole('dialog', { name: 'Discard the other recording?' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await shows(() => field(desk).count(), 1);

  await desk.openConversation('Left');
  await recorder(desk).getByRole('slider').waitFor();
  // The microphone was let go of.
  await shows(() => button(desk, 'Go on recording').count(), 0);
  expect(await faults(page)).toEqual([]);
  await button(desk, 'Send').click();
  await sent(desk).waitFor();
  expect((await mediaOf(ben, id)).map(({ body }) => body.items[0]?.kind)).toEqual(['voice']);

  await desk.openConversation('Elsewhere');
  await microphone(desk).click();
  await lasts(desk, 1);
  await desk.openConversation('Left');
  await microphone(desk).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await lasts(desk, 0);
  await button(desk, 'Discard recording').click();
  await desk.openConversation('Elsewhere');
  await field(desk).waitFor();
  await desk.close();
}, 90_000);

test('on a phone: held and let go of it is sent, slid aside it is gone, slid up or tapped it goes on by itself', async () => {
  const { ann, ben, id } = await team('Held');
  const phone = await open('Held', ann.token, PHONE);
  const { page } = phone;
  expect(await faults(page, CONVERSATION)).toEqual([]);

  const held = await press(microphone(phone));
  await recorder(phone).getByText('Slide to cancel').waitFor();
  await lasts(phone, 1);
  expect(await faults(page, CONVERSATION)).toEqual([]);
  await shows(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await held.lift();
  await field(phone).waitFor();
  await sent(phone).waitFor();
  expect(await mediaOf(ben, id)).toHaveLength(1);

  const away = await press(microphone(phone));
  await lasts(phone, 1);
  for (let step = 1; step <= 5; step++) await away.move(-20 * step, 0);
  await field(phone).waitFor();
  await away.lift();
  await shows(() => microphone(phone).count(), 1);

  const up = await press(microphone(phone));
  await recorder(phone).getByText('Slide to cancel').waitFor();
  for (let step = 1; step <= 5; step++) await up.move(0, -15 * step);
  await button(phone, 'Pause recording').waitFor();
  await up.lift();
  await lasts(phone, 2);
  expect(await faults(page, CONVERSATION)).toEqual([]);
  await button(phone, 'Discard recording').tap();
  await field(phone).waitFor();

  await microphone(phone).tap();
  await lasts(phone, 1);
  await button(phone, 'Send').tap();
  await sent(phone).nth(1).waitFor();
  expect((await mediaOf(ben, id)).map(({ body }) => body.items[0]?.kind)).toEqual(['voice', 'voice']);
  await phone.close();
}, 90_000);

test('in a language from right to left it is slid the other way', async () => {
  const { ann } = await team('RTL');
  const phone = await open('RTL', ann.token, PHONE);
  await phone.page
    .locator('.inlay')
    .first()
    .evaluate((element) => element.setAttribute('dir', 'rtl'));
  const held = await press(microphone(phone));
  await lasts(phone, 1);
  for (let step = 1; step <= 5; step++) await held.move(20 * step, 0);
  await field(phone).waitFor();
  await held.lift();
  await phone.close();
}, 60_000);

test.each([
  ['is denied', [DEVICE], 'This page may not use the microphone.'],
  ['is not there', [ALLOWED], 'No microphone was found.'],
] as const)(
  'where a microphone %s, it is said what to do',
  async (why, args, text) => {
    const { ann } = await team(why);
    await using by = await launch(args);
    const desk = await open(why, ann.token, { by, permissions: [] });
    await microphone(desk).click();
    await desk.page.locator('.inlay-toast', { hasText: text }).waitFor();
    await field(desk).waitFor();
    expect(await faults(desk.page)).toEqual([]);
    await desk.close();
  },
  60_000,
);
