import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';
import page from './pages/renders.html';

let node: NodeProcess;
let browser: Browser;
let site: ReturnType<typeof Bun.serve>;
beforeAll(async () => {
  site = Bun.serve({ port: 0, hostname: '127.0.0.1', routes: { '/': page } });
  [node, browser] = await Promise.all([
    NodeProcess.start([], { INLAY_ALLOWED_ORIGINS: site.url.origin }),
    launch(),
  ]);
}, 60_000);
afterEach(closeWindows);
afterAll(async () => {
  await browser.close();
  await node.end();
  await site.stop(true);
}, 60_000);

const say = (person: Awaited<ReturnType<NodeProcess['person']>>, conversation: string, text: string) =>
  person.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body: { kind: 'text', text } });

test('a new message renders one row, and a change of one renders that one', async () => {
  const [ann, ben] = await Promise.all([node.person('ann', 'Ann'), node.person('ben', 'Ben')]);
  const conversation = 'direct:ann,ben';
  const texts = Array.from({ length: 12 }, (_, i) => `line ${i + 1}.`);
  for (const text of texts) await say(ben, conversation, text);
  const window = await Window.open(browser);
  const asked = new URLSearchParams({ url: node.url, token: ann.token, conversation });
  await window.page.goto(`${site.url}?${asked}`);
  await window.message('line 12.').waitFor();
  /** How often each row was rendered since the last time it was asked. */
  const rendered = () =>
    window.page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      await frame();
      const { counts } = globalThis as unknown as { counts: Record<string, number> };
      const seen = { ...counts };
      for (const key of Object.keys(counts)) delete counts[key];
      return seen;
    });
  // What was there is read and marked, before anything is counted.
  await window.row('Ben').locator('.inlay-badge').waitFor({ state: 'detached' });
  expect(Object.keys(await rendered()).sort()).toEqual([...texts].sort());
  // What the rows show of people comes by itself, and may come after them.
  await shows(rendered, {});

  await say(ben, conversation, 'the new one.');
  await window.message('the new one.').waitFor();
  // That it was read is told to the node, and its answer changes no row either.
  const marks = async () => (await ben.call('receipts.list', { conversation, readN: 13 })).receipts;
  await shows(marks, (told) => expect(told).not.toBeEmpty());
  expect(Object.keys(await rendered())).toEqual(['the new one.']);

  await ben.call('reactions.add', { conversation, n: 3, emoji: '👍' });
  await window.message('line 3.').getByRole('button', { name: '👍, 1 reaction' }).waitFor();
  expect(Object.keys(await rendered())).toEqual(['line 3.']);

  await ben.call('messages.edit', { conversation, n: 5, body: { kind: 'text', text: 'line five.' } });
  await window.message('line five.').waitFor();
  expect(Object.keys(await rendered())).toEqual(['line five.']);
  await window.close();
}, 60_000);
