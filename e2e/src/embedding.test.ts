import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { startTestNode, type TestNode } from 'inlay/testing';
import type { Browser, Page, WebSocket } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { shows } from './lib/shows.ts';
import { type Site, startSite } from './lib/site.ts';
import { closeWindows, Window } from './lib/window.ts';

let node: TestNode;
let site: Site;
let browser: Browser;
beforeAll(async () => {
  node = await startTestNode({ env: { INLAY_ALLOWED_ORIGINS: '*' } });
  const { secret } = await node.db
    .selectFrom('apps')
    .select('secret')
    .where('id', '=', 'default')
    .executeTakeFirstOrThrow();
  site = startSite({
    secret,
    page: ({ searchParams: says }) => `<!doctype html><html lang="en"><head><title>Order</title>
      <style>main { display: grid; gap: 8px } inlay-chat { height: 320px; --inlay-accent: rgb(10, 125, 79) }</style>
      <script async src="${node.url}/widget.js" data-launcher="off" data-token-url="/chat-token"></script></head>
      <body><main><h1>Order</h1><div id="here">${says.get('body') ?? ''}</div><div id="there"></div></main></body></html>`,
  });
  browser = await launch();
});
afterEach(closeWindows);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await node?.stop();
});

async function visit(person: string, body: string): Promise<Window> {
  const window = await Window.open(browser);
  await window.page.context().addCookies([{ name: 'person', value: person, url: site.origin }]);
  await window.page.goto(`${site.origin}/?body=${encodeURIComponent(body)}`);
  return window;
}

const send = (from: string, to: string, text: string) =>
  node.as(from, 'messages.send', {
    conversation: `direct:${[from, to].sort().join()}`,
    id: Bun.randomUUIDv7(),
    body: { kind: 'text', text },
  });

const write = async (page: Page, to: string, text: string): Promise<void> => {
  const field = page.locator(`inlay-chat[to="${to}"] textarea`);
  await field.fill(text);
  await field.press('Enter');
};

/** Counts the sockets that the page opens and those that are open still. */
function sockets(page: Page): { made: number; open: number } {
  const count = { made: 0, open: 0 };
  page.on('websocket', (socket) => {
    count.made += 1;
    count.open += 1;
    socket.on('close', () => {
      count.open -= 1;
    });
  });
  return count;
}

describe('<inlay-chat>', () => {
  test('is a conversation where it stands; two of them share one connection', async () => {
    const window = await Window.open(browser);
    const { page } = window;
    const count = sockets(page);
    await page.context().addCookies([{ name: 'person', value: 'ann', url: site.origin }]);
    const body = '<inlay-chat to="bob"></inlay-chat><inlay-chat to="cid"></inlay-chat>';
    await page.goto(`${site.origin}/?body=${encodeURIComponent(body)}`);
    await write(page, 'bob', 'Hello Bob');
    await write(page, 'cid', 'Hello Cid');
    for (const to of ['bob', 'cid'])
      await page.locator(`inlay-chat[to="${to}"] .inlay-message[data-state=sent]`).waitFor();
    const { messages } = await node.as('bob', 'messages.list', { conversation: 'direct:ann,bob' });
    expect(messages.map(({ body: said }) => said)).toEqual([{ kind: 'text', text: 'Hello Bob' }]);
    expect(count).toEqual({ made: 1, open: 1 });
    expect(site.asked).toBe(1);
    await shows(() => page.locator('inlay-launcher').count(), 0);
    expect(await faults(page)).toEqual([]);
    await window.close();
  });

  test('closes its connection when it is removed, and keeps it when it is moved', async () => {
    const window = await Window.open(browser);
    const { page } = window;
    const count = sockets(page);
    const open: WebSocket[] = [];
    page.on('websocket', (socket) => open.push(socket));
    await page.context().addCookies([{ name: 'person', value: 'ann', url: site.origin }]);
    await page.goto(`${site.origin}/?body=${encodeURIComponent('<inlay-chat to="bob"></inlay-chat>')}`);
    await page.locator('.inlay-message').first().waitFor();
    await page.evaluate(() => {
      const [chat, there] = [document.querySelector('inlay-chat'), document.querySelector('#there')];
      if (chat) there?.append(chat);
    });
    await page.locator('#there .inlay-message').first().waitFor();
    expect(count).toEqual({ made: 1, open: 1 });
    const [socket] = open;
    await Promise.all([
      socket?.waitForEvent('close'),
      page.evaluate(() => document.querySelector('inlay-chat')?.remove()),
    ]);
    expect(count).toEqual({ made: 1, open: 0 });
    await window.close();
  });

  test('follows its attributes, and says what is opened and what is unread', async () => {
    await send('bob', 'ann', 'One');
    await send('cid', 'ann', 'Two');
    await send('cid', 'ann', 'Three');
    const window = await visit('ann', '');
    const { page } = window;
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { heard });
      for (const name of ['inlay-open', 'inlay-unread'])
        document.addEventListener(name, (event) => heard.push([name, (event as CustomEvent).detail]));
      const chat = document.createElement('inlay-chat');
      chat.setAttribute('to', 'bob');
      document.querySelector('#here')?.append(chat);
    });
    await window.message('One').waitFor();
    await page.evaluate(() => document.querySelector('inlay-chat')?.setAttribute('to', 'cid'));
    await window.message('Three').waitFor();
    await page.evaluate(() => document.querySelector('inlay-chat')?.setAttribute('locale', 'zh-CN'));
    await page.locator('inlay-chat .inlay[lang="zh-CN"] .inlay-message').first().waitFor();
    await shows(
      () => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard),
      expect.arrayContaining([
        ['inlay-open', { conversation: 'direct:ann,bob' }],
        ['inlay-open', { conversation: 'direct:ann,cid' }],
        ['inlay-unread', { unread: 2 }],
      ]),
    );
    await window.close();
  });

  test('without one to talk to it is the whole messenger, in the colours of the page', async () => {
    const window = await visit('ann', '<inlay-chat></inlay-chat>');
    await window.openConversation('bob');
    await window.message('One').waitFor();
    const messenger = window.page.locator('.inlay');
    await shows(
      () => messenger.evaluate((one) => getComputedStyle(one).getPropertyValue('--inlay-accent')),
      'rgb(10, 125, 79)',
    );
    expect(await faults(window.page)).toEqual([]);
    await window.close();
  });

  test('takes tokens from its property, which may be set before the script is there', async () => {
    const window = await Window.open(browser);
    const { page } = window;
    await page.context().addCookies([{ name: 'person', value: 'dora', url: site.origin }]);
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () => {
        const chat = document.querySelector('inlay-chat');
        if (chat) chat.getToken = async () => await (await fetch('/chat-token', { method: 'POST' })).text();
      });
    });
    await page.goto(`${site.origin}/?body=${encodeURIComponent('<inlay-chat to="bob"></inlay-chat>')}`);
    await write(page, 'bob', 'From Dora');
    await page.locator('.inlay-message[data-state=sent]').waitFor();
    const { messages } = await node.as('bob', 'messages.list', { conversation: 'direct:bob,dora' });
    expect(messages.map(({ sender }) => sender)).toEqual(['dora']);
    await window.close();
  });

  test('where nobody is signed in it says so, and tries again when asked', async () => {
    const window = await Window.open(browser);
    const { page } = window;
    await page.goto(`${site.origin}/?body=${encodeURIComponent('<inlay-chat to="bob"></inlay-chat>')}`);
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    expect(await faults(page)).toEqual([]);
    await page.context().addCookies([{ name: 'person', value: 'ann', url: site.origin }]);
    await again.click();
    await page.locator('inlay-chat textarea').waitFor();
    await window.close();
  });
});
