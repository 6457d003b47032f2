import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { Wire } from './lib/proxy.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

let node: NodeProcess;
let browser: Browser;
let wire: Wire;
beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
  wire = await Wire.to(node.url);
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await wire.end();
  await node.end();
}, 60_000);

type Person = Awaited<ReturnType<NodeProcess['person']>>;

async function say(person: Person, conversation: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const body = { kind: 'text' as const, text };
    await person.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body });
  }
}

const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}.`);

/** Where a message is seen, from the upper edge of the timeline, in pixels. */
const placeOf = (window: Window, text: string): Promise<number> =>
  window.message(text).evaluate((row) => {
    const box = row.closest('.inlay-scroll') as HTMLElement;
    return row.getBoundingClientRect().top - box.getBoundingClientRect().top;
  });

test('a long conversation opens at the first message that is not read, and grows at both ends in its place', async () => {
  const [ann, ben] = await Promise.all([node.person('ann', 'Ann'), node.person('ben', 'Ben')]);
  const conversation = 'direct:ann,ben';
  await say(ben, conversation, lines(1, 120));
  await ann.call('receipts.mark', { conversation, readN: 120 });
  await say(ben, conversation, lines(121, 240));
  const window = await Window.open(browser);
  await window.signIn(wire.url, ann.token);
  await window.row('Ben').getByLabel('120 unread messages').waitFor();
  await window.openConversation('Ben');
  await window.message('line 121.').waitFor();
  await window.page.getByText('New messages').waitFor();
  await shows(
    () => placeOf(window, 'line 121.'),
    (place) => {
      expect(place).toBeGreaterThan(0);
      expect(place).toBeLessThan(600);
    },
  );
  await shows(() => window.message('line 240.').count(), 0);
  // What is seen is read, and no more than that.
  await window.row('Ben').getByLabel('120 unread messages').waitFor({ state: 'detached' });
  await window.row('Ben').locator('.inlay-badge').waitFor();

  // Older ones are put above without moving what is read.
  const box = window.page.locator('.inlay-scroll');
  const { moved, grown } = await box.evaluate(async (element) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    element.scrollTop = 300;
    // In this very frame the rows are drawn and older ones are asked for, which cannot be there yet.
    await frame();
    const edge = element.getBoundingClientRect().top;
    const rows = [...element.querySelectorAll('[data-key]')];
    const row = rows.find((each) => each.getBoundingClientRect().top >= edge) as Element;
    const { top } = row.getBoundingClientRect();
    while (element.scrollTop < 1000) await frame();
    for (let i = 0; i < 5; i++) await frame();
    return { moved: row.getBoundingClientRect().top - top, grown: element.scrollTop };
  });
  expect(grown).toBeGreaterThan(1000);
  expect(Math.abs(moved)).toBeLessThan(2);

  // To the newest: everything is read there, and what comes is shown without scrolling.
  await window.page.getByRole('button', { name: 'To the newest message' }).click();
  await window.message('line 240.').waitFor();
  await window.row('Ben').locator('.inlay-badge').waitFor({ state: 'detached' });
  await say(ben, conversation, ['the latest.']);
  await window.message('the latest.').waitFor();
  await shows(() => window.message('the latest.').isVisible(), true);
  const height = (await box.boundingBox())?.height ?? 0;
  await shows(
    () => placeOf(window, 'the latest.'),
    (place) => expect(place).toBeLessThan(height),
  );
  await window.row('Ben').locator('.inlay-badge').waitFor({ state: 'detached' });

  // Whoever reads further up is not torn away, but told: even by a message that comes while the page is still busy
  // with the scrolling.
  const busy = window.page.waitForEvent('console', (message) => message.text() === 'scrolled');
  const scrolled = box.evaluate((element) => {
    element.scrollBy({ top: -800 });
    console.log('scrolled');
    const end = performance.now() + 300;
    while (performance.now() < end);
    const row = [...element.querySelectorAll('[data-key]')].find((one) =>
      one.textContent?.includes('line 230.'),
    );
    return (row as Element).getBoundingClientRect().top - element.getBoundingClientRect().top;
  });
  await busy;
  await say(ben, conversation, ['one more.']);
  const place = await scrolled;
  await window.page.getByRole('button', { name: 'To the newest message (1)' }).waitFor();
  expect(Math.abs((await placeOf(window, 'line 230.')) - place)).toBeLessThan(2);
  await window.close();
}, 120_000);

test('what the node refuses is shown as not sent, with the reason, and can be sent again', async () => {
  const [ann, ben] = await Promise.all([node.person('ann', 'Ann'), node.person('ben', 'Ben')]);
  const { conversation } = await ben.call('conversations.create', {
    kind: 'group',
    title: 'Team',
    members: ['ann'],
  });
  const window = await Window.open(browser);
  await window.signIn(wire.url, ann.token);
  await window.openConversation('Team');
  wire.cut();
  await window.page.getByText('No connection.').first().waitFor();
  await window.write('May I?');
  await window.message('May I?').getByLabel('Sending').waitFor();
  await ben.call('conversations.update', { conversation: conversation.id, posting: 'admins' });
  wire.mend();
  await window.message('May I?').getByText('Not sent: You may not do that here.').waitFor();
  await window.page.getByText('Only admins write here.').waitFor();
  await ben.call('conversations.update', { conversation: conversation.id, posting: 'everyone' });
  await window.page.locator('textarea').waitFor();
  await window.message('May I?').getByRole('button', { name: 'Try again' }).click();
  await window.message('May I?').getByLabel('Sent').waitFor();
  await shows(() => window.texts(), ['May I?']);
  await window.close();
}, 90_000);
