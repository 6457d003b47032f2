import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { kept } from './lib/kept.ts';
import { NodeProcess } from './lib/node.ts';
import { Wire } from './lib/proxy.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

/** How long the network stays cut, and how often someone writes meanwhile. */
const CUT = 10_000;
const EVERY = 1000;

/** A timeline draws only what is near to being seen, and here everything is looked at. */
const TALL = { viewport: { width: 1100, height: 3000 } };

let node: NodeProcess;
let browser: Browser;
let wires: Wire[];
let windows: Window[];

beforeAll(async () => {
  [node, browser] = await Promise.all([NodeProcess.start(), launch()]);
  wires = await Promise.all([Wire.to(node.url), Wire.to(node.url), Wire.to(node.url)]);
  windows = await Promise.all([1, 2, 3].map(() => Window.open(browser, TALL)));
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  for (const wire of wires) await wire.end();
  await node.end();
}, 60_000);

const all = <T>(work: (window: Window, i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(windows.map(work));

/** All windows show the same, in the same order, each message once. */
async function agreed(written: readonly string[]): Promise<void> {
  const shown = await all((window) => window.settled(written.length));
  const [first = []] = shown;
  expect(first.toSorted()).toEqual(written.toSorted());
  for (const other of shown) expect(other).toEqual(first);
}

test('[L1] [L2] [L3] [L4] [L6] [L7] two people and a second device talk through a cut and a restart', async () => {
  const [ann, ben, phone] = windows as [Window, Window, Window];
  const [annWire, benWire, phoneWire] = wires as [Wire, Wire, Wire];
  const [annToken, benToken] = await Promise.all([node.token('ann', 'Ann'), node.token('ben', 'Ben')]);
  await ann.signIn(annWire.url, annToken);
  await ben.signIn(benWire.url, benToken);
  await phone.signIn(phoneWire.url, annToken);
  expect(ann.page.url()).not.toContain('token');

  // Ben writes to Ann by her id. What he writes counts as unread on both of her devices.
  const written = ['Hello Ann!', 'Are you there?', 'It is about the tiles.'];
  await ben.goTo('direct:ann,ben');
  for (const text of written) await ben.write(text);
  await Promise.all([ann, phone].map((w) => w.row('Ben').getByLabel('3 unread messages').waitFor()));
  await ben.message('It is about the tiles.').getByLabel('Delivered').waitFor();

  // Reading on one device is reading on the other, and Ben sees it.
  await ann.openConversation('Ben');
  await ann.page.getByText('New messages').waitFor();
  await ben.message('It is about the tiles.').getByLabel('Read', { exact: true }).waitFor();
  await phone.row('Ben').locator('.inlay-badge').waitFor({ state: 'detached' });
  await phone.openConversation('Ben');

  // They see each other type and answer.
  await ann.page.locator('textarea').pressSequentially('Yes');
  await ben.page.getByText('Ann is typing…').first().waitFor();
  await ann.write('Yes, both of me.');
  await phone.write('This is my phone.');
  written.push('Yes, both of me.', 'This is my phone.');
  await agreed(written);

  // The network is cut for Ann's desk and for Ben. All three keep writing.
  annWire.cut();
  benWire.cut();
  await ann.page.getByText('No connection.').first().waitFor();
  const end = performance.now() + CUT;
  for (let i = 1; performance.now() < end; i++) {
    const texts = [`ann ${i}`, `ben ${i}`, `phone ${i}`];
    await all((window, w) => window.write(texts[w] as string));
    written.push(...texts);
    await ann.page.waitForTimeout(EVERY);
  }
  expect((await ben.texts()).some((text) => text.startsWith('phone'))).toBe(false);
  await shows(
    () => ben.page.locator('.inlay-message[data-state=sending]').count(),
    (seen) => expect(seen).toBeGreaterThan(3),
  );
  annWire.mend();
  benWire.mend();
  await all((window) => window.online());
  await agreed(written);

  // The node is stopped and started again on its data, and nobody waits for it.
  await node.stop();
  await all((window, i) => window.write(`while it was down ${i}`));
  written.push('while it was down 0', 'while it was down 1', 'while it was down 2');
  await node.start();
  await all((window) => window.online());
  await agreed(written);
  await ben.message('while it was down 1').getByLabel('Read', { exact: true }).waitFor();
  await shows(() => Promise.all(windows.map((w) => w.page.locator('.inlay-badge').count())), [0, 0, 0]);

  // A reload without a connection shows the same from what the browser kept.
  const before = await ann.texts();
  for (const window of windows) {
    await shows(() => kept(window.page, 'direct:ann,ben'), before);
    await window.page.routeWebSocket(/\/v1\/socket/, () => undefined);
    await window.page.reload();
    expect(await window.settled(before.length)).toEqual(before);
    await shows(
      () => window.page.locator('.inlay-banner').getAttribute('data-state'),
      (seen) => expect(seen).not.toBe('online'),
    );
  }
  await all((window) => window.close());
}, 180_000);
