import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { randomUUIDv7 } from 'bun';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { kept } from './lib/kept.ts';
import { NodeProcess } from './lib/node.ts';
import { Wire } from './lib/proxy.ts';
import { shows } from './lib/shows.ts';
import { closeWindows, Window } from './lib/window.ts';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true } as const;

type Person = Awaited<ReturnType<NodeProcess['person']>>;

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

const press = (window: Window, name: string) =>
  window.page.getByRole('button', { name, exact: true }).click();

const say = (person: Person, conversation: string, text: string, mentions: string[] = []) =>
  person.call('messages.send', {
    conversation,
    id: randomUUIDv7(),
    body: { kind: 'text', text },
    ...(mentions.length > 0 ? { mentions } : {}),
  });

/** Two people who have written to each other, the second one as `<id>2`. */
async function pair(id: string, name: string) {
  const [mine, other] = await Promise.all([node.person(id, name), node.person(`${id}2`, `${name} Two`)]);
  const conversation = `direct:${id},${id}2`;
  await say(mine, conversation, 'Are you there?');
  return { mine, other, conversation };
}

/** What pages do that no test can see: it is written down here instead. */
class Heard {
  readonly notes: { id: number; title: string; body: string; closed: boolean }[] = [];
  /** The page's title when a tone began. */
  readonly tones: string[] = [];

  readonly tell = (what: string, ...[id, title, body]: [number, string, string]): void => {
    if (what === 'tone') this.tones.push(title);
    else if (what === 'note') this.notes.push({ id, title, body, closed: false });
    else for (const note of this.notes) if (note.id === id) note.closed = true;
  };
}

/** Stands in for the page's notifications and the beginning of its tones, and for where the person looks. */
function stubs(): void {
  const page = globalThis as unknown as {
    tell(what: string, id: number, title?: string, body?: string): void;
  };
  let looking = true;
  const look = (at: boolean) => {
    looking = at;
    dispatchEvent(new Event(at ? 'focus' : 'blur'));
  };
  Object.assign(globalThis, { look });
  Document.prototype.hasFocus = () => looking;
  const note = (title: string, { body = '', tag = '' }: NotificationOptions = {}) => {
    const id = Math.random();
    page.tell('note', id, title, body);
    return { tag, close: () => page.tell('closed', id) };
  };
  function Notification(title: string, options?: NotificationOptions) {
    return note(title, options);
  }
  const granted = { permission: 'granted', requestPermission: async () => 'granted' };
  Object.defineProperty(globalThis, 'Notification', { value: Object.assign(Notification, granted) });
  const shown: ReturnType<typeof note>[] = [];
  Object.assign(ServiceWorkerRegistration.prototype, {
    showNotification: async (title: string, options?: NotificationOptions) => {
      shown.push(note(title, options));
    },
    getNotifications: async ({ tag }: { tag?: string } = {}) => shown.filter((one) => one.tag === tag),
  });
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (this: OscillatorNode, at?: number) {
    page.tell('tone', 0, document.title);
    start.call(this, at);
  };
}

/** To be called before a page opens. */
async function record(page: Page, heard = new Heard()): Promise<Heard> {
  await page.exposeFunction('tell', heard.tell);
  await page.addInitScript(stubs);
  return heard;
}

/** Lets a page find that the person looks at it, or at another window in front of it. */
const look = (page: Page, at: boolean) =>
  page.evaluate((there) => (globalThis as unknown as { look(at: boolean): void }).look(there), at);
const titled = (page: Page, title: string) =>
  page.waitForFunction((wanted) => document.title === wanted, title);

/** Has chosen settings before the page opens. */
const choose = (page: Page, settings: object) =>
  page.addInitScript((chosen) => localStorage.setItem('inlay.settings', JSON.stringify(chosen)), settings);

describe.each([
  ['a desktop', 'al', {}],
  ['a phone', 'bo', PHONE],
] as const)('the banner on %s', (_, id, size) => {
  test('says that the network is gone, moves nothing, and goes when it is back', async () => {
    const { other, mine, conversation } = await pair(id, 'Al');
    const window = await Window.open(browser, size);
    const { page } = window;
    await window.signIn(node.url, mine.token);
    await window.openConversation('Al Two');
    const place = () => page.locator('.inlay-conversation').boundingBox();
    const before = await place();
    await page.context().setOffline(true);
    await page.getByText('You are offline. What you write is sent when you are back.').waitFor();
    expect(await place()).toEqual(before);
    expect(await faults(page)).toEqual([]);
    await say(other, conversation, 'I am here');
    await page.context().setOffline(false);
    await window.message('I am here').waitFor();
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
    await window.close();
  }, 60_000);
});

test('a node that does not answer: the banner counts down, says it once, and tries when asked', async () => {
  const { mine } = await pair('cy', 'Cy');
  const wire = await Wire.to(node.url);
  const window = await Window.open(browser);
  const { page } = window;
  await window.signIn(wire.url, mine.token);
  const spoken: string[] = [];
  await page.exposeFunction('spoke', (text: string) => spoken.push(text));
  await page.evaluate(() => {
    const banner = document.querySelector('.inlay-banner') as HTMLElement;
    const tell = () => {
      const text = banner.querySelector('.inlay-unseen')?.textContent;
      if (text) (globalThis as unknown as { spoke(text: string): void }).spoke(text);
    };
    new MutationObserver((changes) => {
      // What is hidden from screen readers may count as it likes.
      const heard = ({ target }: MutationRecord) => !(target.parentElement?.closest('[aria-hidden]') ?? null);
      if (changes.some(heard)) tell();
    }).observe(banner, { subtree: true, childList: true, characterData: true });
  });
  wire.cut();
  await page.getByText(/Trying again in \d+/).waitFor();
  await press(window, 'Try now');
  await page.getByText(/Trying again in \d+/).waitFor();
  expect(await faults(page)).toEqual([]);
  wire.mend();
  await press(window, 'Try now');
  await window.online();
  expect(new Set(spoken)).toEqual(new Set(['No connection. Trying again…']));
  await window.close();
  await wire.end();
}, 60_000);

test('how much is unread stands in the title and on the icon, until it is read', async () => {
  const { mine, other, conversation } = await pair('di', 'Di');
  const window = await Window.open(browser);
  const { page } = window;
  await window.signIn(node.url, mine.token);
  const icon = page.locator('link[rel=icon]');
  await shows(() => icon.getAttribute('href'), '/icons/icon.svg');
  await say(other, conversation, 'One');
  await titled(page, '(1) Inlay');
  await say(other, conversation, 'Two');
  await titled(page, '(2) Inlay');
  await page.locator('link[rel=icon][href^="data:image/png"]').waitFor({ state: 'attached' });
  await window.openConversation('Di Two');
  await titled(page, 'Inlay');
  await page.locator('link[rel=icon][href="/icons/icon.svg"]').waitFor({ state: 'attached' });
  await shows(() => icon.getAttribute('type'), 'image/svg+xml');
  await window.close();
}, 60_000);

test('a notification for what comes while the person looks elsewhere: once over all tabs, and none for what is muted', async () => {
  const { mine, other, conversation } = await pair('ed', 'Ed');
  const group = await other.call('conversations.create', { kind: 'group', title: 'Noise', members: ['ed'] });
  const { id: noise } = group.conversation;
  await mine.call('members.updateSelf', { conversation: noise, mutedUntil: Date.now() + 3600_000 });
  const window = await Window.open(browser);
  const { page } = window;
  const second = await page.context().newPage();
  const heard = new Heard();
  for (const each of [page, second]) {
    await record(each, heard);
    await choose(each, { notifications: true });
  }
  await window.signIn(node.url, mine.token);
  await second.goto(node.url);
  await second.locator('.inlay-banner[data-state=online]').waitFor({ state: 'attached' });
  await window.row('Noise').waitFor();
  await look(second, false);

  // The person looks at the first tab: only another conversation than the open one calls for attention.
  await window.openConversation('Ed Two');
  await say(other, conversation, 'You see this');
  await window.message('You see this').waitFor();
  await look(page, false);
  await say(other, noise, 'Muted');
  await say(other, conversation, 'Look here');
  await say(other, noise, 'But this is for you', ['ed']);
  await shows(
    () => heard.notes.map(({ title, body }) => `${title} | ${body}`).sort(),
    ['Ed Two | Look here', 'Noise | Ed Two: But this is for you'],
  );

  // What is read on another device needs no notification any more.
  await mine.call('receipts.mark', { conversation, readN: 3 });
  await shows(() => heard.notes.filter(({ closed }) => closed).map(({ title }) => title), ['Ed Two']);
  // What is already at hand rings no second time.
  expect(heard.notes).toHaveLength(2);
  await window.close();
}, 60_000);

test('who did not ask for notifications gets none', async () => {
  const { mine, other, conversation } = await pair('fi', 'Fi');
  const window = await Window.open(browser);
  const { page } = window;
  const heard = await record(page);
  await window.signIn(node.url, mine.token);
  await look(page, false);
  await say(other, conversation, 'One');
  await titled(page, '(1) Inlay');
  await press(window, 'My profile and settings');
  await page.getByRole('switch', { name: 'Notifications on this device' }).click();
  await look(page, false);
  await say(other, conversation, 'Two');
  await shows(() => heard.notes.map(({ body }) => body), ['Two']);
  await window.close();
}, 60_000);

test('what others write in the open conversation is read out', async () => {
  const { mine, other, conversation } = await pair('gil', 'Gil');
  const window = await Window.open(browser);
  const { page } = window;
  await window.signIn(node.url, mine.token);
  await window.openConversation('Gil Two');
  await window.message('Are you there?').waitFor();
  const region = page.locator('[role=log][aria-live=polite]');
  await say(mine, conversation, 'Mine is not read out');
  await say(other, conversation, 'Good morning');
  await region.getByText('Gil Two: Good morning').waitFor({ state: 'attached' });
  await say(other, conversation, 'And again');
  await region.getByText('Gil Two: And again').waitFor({ state: 'attached' });
  await shows(() => region.locator('p').allTextContents(), ['Gil Two: Good morning', 'Gil Two: And again']);
  await window.close();
}, 60_000);

test('a sound for what comes while nobody looks, which can be switched off', async () => {
  const { mine, other, conversation } = await pair('hu', 'Hu');
  const window = await Window.open(browser);
  const { page } = window;
  const heard = await record(page);
  await choose(page, { sounds: false });
  await window.signIn(node.url, mine.token);
  // Browsers play nothing before the person has done something on the page.
  await press(window, 'My profile and settings');
  const sounds = page.getByRole('switch', { name: 'Sounds' });
  await shows(() => sounds.isChecked(), false);
  await look(page, false);
  await say(other, conversation, 'One');
  await titled(page, '(1) Inlay');
  await sounds.click();
  await look(page, true);
  await say(other, conversation, 'Two');
  await titled(page, '(2) Inlay');
  await look(page, false);
  await say(other, conversation, 'Three');
  await shows(() => heard.tones, ['(3) Inlay', '(3) Inlay']);
  await window.close();
}, 60_000);

test('shortcuts: from conversation to conversation, the switcher, the list of them, and back', async () => {
  const { mine } = await pair('ida', 'Ida');
  await say(mine, 'direct:ida,ida', 'Note');
  const window = await Window.open(browser);
  const { page } = window;
  await window.signIn(node.url, mine.token);
  await window.row('Ida Two').waitFor();
  const open = (title: string) => page.locator('.inlay-conversation h2', { hasText: title }).waitFor();
  await page.keyboard.press('Alt+ArrowDown');
  await open('Notes to yourself');
  await page.keyboard.press('Alt+ArrowDown');
  await open('Ida Two');
  await page.keyboard.press('Alt+ArrowUp');
  await open('Notes to yourself');

  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill('two');
  await dialog.getByRole('option', { name: /Ida Two/ }).waitFor();
  await page.keyboard.press('Enter');
  await open('Ida Two');

  await page.keyboard.press('Control+/');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await open('Ida Two');
  await press(window, 'My profile and settings');
  await page.locator('.inlay-me').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.inlay-me').waitFor({ state: 'detached' });
  await open('Ida Two');
  await page.keyboard.press('Escape');
  await page.getByText('Nothing open').waitFor();
  await window.close();
}, 60_000);

test('the page offers to be installed where the browser lets it', async () => {
  const { mine } = await pair('jo', 'Jo');
  const window = await Window.open(browser);
  const { page } = window;
  await window.signIn(node.url, mine.token);
  await press(window, 'My profile and settings');
  const row = page.getByRole('button', { name: 'Install the app' });
  await page.getByText('This device', { exact: true }).waitFor();
  await shows(() => row.count(), 0);
  await page.evaluate(() => {
    const prompt = async () => {
      document.body.dataset.prompted = 'yes';
    };
    dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt }));
  });
  await row.click();
  await page.locator('body[data-prompted=yes]').waitFor();
  await row.waitFor({ state: 'detached' });
  await window.close();
}, 60_000);

test('a new version is offered until it is taken, and then loaded', async () => {
  let version = '';
  // The node behind a door that hands out another worker once there is a new version.
  const door = Bun.serve({
    port: 0,
    fetch: async ({ url }) => {
      const { pathname } = new URL(url);
      if (pathname !== '/sw.js') return await fetch(node.url + pathname, { decompress: false });
      const worker = await (await fetch(node.url + pathname)).text();
      return new Response(worker + version, {
        headers: { 'content-type': 'text/javascript' },
      });
    },
  });
  const window = await Window.open(browser);
  const { page } = window;
  await page.goto(`http://localhost:${door.port}`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  version = '// new';
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await page.getByText('A new version is ready.').waitFor();
  expect(await faults(page)).toEqual([]);
  const loaded = page.waitForEvent('load');
  await press(window, 'Reload');
  await loaded;
  await page.locator('.inlay-sign-in form').waitFor();
  await window.close();
  await door.stop(true);
}, 60_000);

/** Waits until the worker keeps all files of this version. */
const complete = (page: Page) =>
  shows(
    () =>
      page.evaluate(async () => {
        const [name = ''] = await caches.keys();
        const kept = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
        const worker = await (await fetch('/sw.js')).text();
        const files = worker.match(/"\/[\w.-]+-[a-z0-9]{8}\.(?:js|css)"/g) ?? [];
        return { some: files.length > 5, missing: files.filter((path) => !kept.includes(JSON.parse(path))) };
      }),
    { some: true, missing: [] },
  );

const CHINESE: BrowserContextOptions = { ...PHONE, locale: 'zh-CN' };

// The last one, as the node is gone afterwards.
test('without the node the page opens with what it knows, in the language of the person, and all its parts', async () => {
  const { mine, other, conversation } = await pair('ko', 'Ko');
  await say(other, conversation, 'Kept for later');
  const window = await Window.open(browser, CHINESE);
  const { page } = window;
  await window.signIn(node.url, mine.token);
  await window.openConversation('Ko Two');
  await window.message('Kept for later').waitFor();
  await shows(() => kept(page, conversation), ['Are you there?', 'Kept for later']);
  await complete(page);
  await node.stop();
  await page.goto('about:blank');
  await page.goto(node.url);
  await window.row('Ko Two').getByText('Kept for later').waitFor();
  await page
    .getByText(/没有连接/)
    .first()
    .waitFor();
  expect(await faults(page)).toEqual([]);
  await window.openConversation('Ko Two');
  await window.message('Kept for later').waitFor();
  await page.goto(`${node.url}/#/me`);
  await page.getByRole('heading', { name: '资料与设置' }).waitFor();
  await window.close();
}, 60_000);
