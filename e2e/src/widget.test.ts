import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { startTestNode, type TestNode } from 'inlay/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { faults } from './lib/axe.ts';
import { launch } from './lib/browser.ts';
import { shows } from './lib/shows.ts';
import { type Site, startSite } from './lib/site.ts';
import { closeWindows, Window } from './lib/window.ts';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

/** What a page does to everything on it. */
const HOSTILE = `
  * { all: revert !important; display: block !important; letter-spacing: 4px !important; opacity: 0.5 !important;
    position: relative !important; float: left !important; transform: rotate(3deg) !important; color: red !important }
  head, head *, script { display: none !important }
  button, dialog, div, input, textarea { border: 5px dashed red !important; padding: 20px !important; background: lime !important }
  html { font-size: 40px !important } body { overflow: hidden !important; filter: blur(2px) !important }
`;

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
  const host = new URL(node.url).host;
  site = startSite({
    secret,
    page: ({ searchParams: says }) => `<!doctype html><html lang="en" dir="${says.get('dir') ?? 'ltr'}"><head>
      <title>Shop</title><meta name="viewport" content="width=device-width, initial-scale=1">
      ${says.has('hostile') ? `<style>${HOSTILE}</style>` : ''}</head>
      <body><main><h1>Shop</h1><button type="button" id="buy">Buy</button></main>
      <script src="${node.url}/widget.js" ${says.get('tag') ?? 'data-token-url="/chat-token"'}></script></body></html>`,
    // All that a careful page has to allow; docs/widget.md says the same.
    headers: {
      'content-security-policy': `default-src 'none'; script-src 'self' http://${host}; style-src 'unsafe-inline'; img-src https: data:; connect-src 'self' http://${host} ws://${host}; require-trusted-types-for 'script'`,
    },
  });
  browser = await launch();
});
afterEach(closeWindows);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await node?.stop();
});

/** Someone's window at the site, signed in there. */
async function visit(person: string, query = '', options: BrowserContextOptions = {}): Promise<Window> {
  const window = await Window.open(browser, options);
  if (person !== '')
    await window.page.context().addCookies([{ name: 'person', value: person, url: site.origin }]);
  await window.page.goto(`${site.origin}/?${query}`);
  return window;
}

const tagged = (attributes: string) => `tag=${encodeURIComponent(attributes)}`;
const launcher = (page: Page) => page.locator('inlay-launcher .launcher');
const badge = (page: Page) => page.locator('inlay-launcher .badge');
const panel = (page: Page) => page.locator('inlay-launcher .panel');

const send = (from: string, to: string, text: string) =>
  node.as(from, 'messages.send', {
    conversation: `direct:${[from, to].sort().join()}`,
    id: Bun.randomUUIDv7(),
    body: { kind: 'text', text },
  });

/** Opens it, by a press of the button. */
async function open({ page }: Window): Promise<void> {
  await launcher(page).click();
  await panel(page).locator('.inlay-messenger').waitFor();
}

describe('a closed launcher', () => {
  test('counts what comes, without the kit', async () => {
    const ann = await visit('ann');
    const { page } = ann;
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((r) => /widget\/widget-/.test(r.name)),
    );
    await shows(() => badge(page).isVisible(), false);
    // The page knows who is there once its backend was asked, which is when the badge is live.
    await send('bob', 'ann', 'Hello');
    await badge(page).getByText('1', { exact: true }).waitFor();
    await send('bob', 'ann', 'Are you there?');
    await badge(page).getByText('2', { exact: true }).waitFor();
    await shows(() => launcher(page).getAttribute('aria-label'), 'Open messages, 2 unread messages');
    await shows(() => page.evaluate(() => window.Inlay?.unread), 2);
    await shows(() => page.locator('inlay-launcher .kit > *').count(), 0);
    expect(await faults(page)).toEqual([]);
    await ann.close();
  });

  test('is not there where nobody is signed in, until somebody is', async () => {
    const visitor = await visit('');
    const { page } = visitor;
    await page.waitForFunction(() => document.querySelector('inlay-launcher')?.hasAttribute('hidden'));
    await page.context().addCookies([{ name: 'person', value: 'ann', url: site.origin }]);
    await page.evaluate(() => window.Inlay?.configure({}));
    await launcher(page).waitFor();
    await page.waitForFunction(() => !document.querySelector('inlay-launcher')?.hasAttribute('hidden'));
    await visitor.close();
  });

  test('one script that runs twice is one launcher, told anew', async () => {
    const window = await visit('ann', tagged('data-token-url="/chat-token" data-position="left"'));
    const { page } = window;
    const left = async () => (await launcher(page).boundingBox())?.x ?? Number.NaN;
    await shows(left, 20);
    await page.evaluate((src) => {
      const again = document.createElement('script');
      const { trustedTypes } = globalThis as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
      };
      const policy = trustedTypes.createPolicy('page', { createScriptURL: (url: string) => url });
      again.src = policy.createScriptURL(src);
      again.dataset.tokenUrl = '/chat-token';
      const done = new Promise((resolve) => again.addEventListener('load', resolve));
      document.body.append(again);
      return done;
    }, `${node.url}/widget.js`);
    await shows(() => page.locator('inlay-launcher').count(), 1);
    await shows(left, 1100 - 20 - 56);
    await window.close();
  });

  test('in a page from right to left it stands at its end, the left', async () => {
    const window = await visit('ann', 'dir=rtl');
    await shows(async () => (await launcher(window.page).boundingBox())?.x, 20);
    await window.close();
  });
});

describe('an opened one', () => {
  test('shows list and conversation; what is written reaches the other', async () => {
    const [ann, bob] = await Promise.all([
      visit('ann'),
      visit('bob', tagged('data-token-url="/chat-token" data-to="ann"')),
    ]);
    await open(ann);
    await ann.openConversation('Bob');
    await shows(() => badge(ann.page).isVisible(), false);
    await ann.write('I am here');
    await open(bob);
    await bob.message('I am here').waitFor();
    // Beside one conversation there is no list, and nothing to go back to.
    await shows(() => bob.page.locator('.inlay-list').count(), 0);
    await shows(() => bob.page.locator('.inlay-head > .back').isVisible(), false);
    await bob.write('Good!');
    await ann.message('Good!').waitFor();
    expect(await faults(ann.page)).toEqual([]);
    expect(await faults(bob.page)).toEqual([]);
    await Promise.all([ann.close(), bob.close()]);
  });

  test('weighs what it may: all that is loaded to show list and conversation', async () => {
    const ann = await visit('ann');
    await open(ann);
    await ann.openConversation('Bob');
    await ann.message('Good!').waitFor();
    const sizes = await ann.page.evaluate(
      (from) =>
        performance
          .getEntriesByType('resource')
          .filter((one): one is PerformanceResourceTiming => one.name.startsWith(`${from}/widget`))
          .map(({ name, encodedBodySize }) => ({ name, encodedBodySize })),
      node.url,
    );
    const total = (
      await Promise.all(
        sizes.map(async ({ name }) => {
          const body = await (await fetch(name)).bytes();
          return Bun.gzipSync(body, { level: 9 }).length;
        }),
      )
    ).reduce((a, b) => a + b, 0);
    expect(sizes.length).toBeGreaterThan(3);
    expect(total).toBeLessThan(80_000);
    await ann.close();
  });

  test('keyboard: Enter opens and moves the focus in, Escape closes and gives it back', async () => {
    const ann = await visit('ann');
    const { page } = ann;
    await page.locator('#buy').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await panel(page).locator('.inlay-conversation-row').first().waitFor();
    const within = () =>
      page.evaluate(() => document.querySelector('inlay-launcher')?.shadowRoot?.activeElement?.className);
    await shows(within, expect.stringContaining('panel'));
    await page.keyboard.press('Tab');
    await shows(within, 'close');
    await page.keyboard.press('Escape');
    await shows(() => panel(page).isVisible(), false);
    await shows(within, 'launcher');
    await ann.close();
  });

  test('Escape closes a menu in it before itself, and the page hears what happens', async () => {
    const ann = await visit('ann');
    const { page } = ann;
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      for (const name of ['open', 'close'] as const) window.Inlay?.on(name, () => heard.push(name));
    });
    await open(ann);
    await ann.row('Bob').click({ button: 'right' });
    await page.locator('.inlay-menu').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.inlay-menu').waitFor({ state: 'detached' });
    await shows(() => panel(page).isVisible(), true);
    await page.keyboard.press('Escape');
    await shows(
      () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard),
      ['open', 'close'],
    );
    await ann.close();
  });

  test('what is loaded on use has its looks and texts, in Chinese too', async () => {
    const ann = await visit(
      'ann',
      tagged('data-token-url="/chat-token" data-locale="zh-CN" data-theme="dark"'),
    );
    await send('bob', 'ann', 'Nice');
    await open(ann);
    await ann.openConversation('Bob');
    await ann.message('Nice').locator('.inlay-bubble').click({ button: 'right' });
    const items = ann.page.getByRole('menuitem');
    await items.first().waitFor();
    await shows(
      async () => (await items.allTextContents()).filter((text) => !/\p{Script=Han}/u.test(text)),
      [],
    );
    await ann.page.keyboard.press('Escape');
    await ann.page.locator('.inlay-head > .back').click();
    await ann.page.locator('.inlay-me-button').click();
    const page = ann.page.locator('.pane.over-list');
    await page.getByRole('heading').first().waitFor();
    await shows(() => page.textContent(), expect.not.stringMatching(/undefined|\bme\.\w+/));
    await shows(() => page.textContent(), expect.stringMatching(/\p{Script=Han}/u));
    const input = page.locator('.inlay-switch').first();
    await shows(() => input.evaluate((one) => getComputedStyle(one).appearance), 'none');
    expect(await faults(ann.page)).toEqual([]);
    await ann.close();
  });

  test('on a phone it takes the whole screen, and nothing behind it', async () => {
    const ann = await visit('ann', '', PHONE);
    const { page } = ann;
    await launcher(page).tap();
    await panel(page).locator('.inlay-conversation-row').first().waitFor();
    await page.waitForFunction(() =>
      document
        .querySelector('inlay-launcher')
        ?.shadowRoot?.querySelector('dialog')
        ?.getAnimations()
        .every((a) => a.playState === 'finished'),
    );
    await shows(() => panel(page).boundingBox(), { x: 0, y: 0, width: 360, height: 640 });
    await shows(() => panel(page).evaluate((one) => one.matches(':modal')), true);
    expect(await faults(page)).toEqual([]);
    await panel(page).locator('.close').tap();
    await shows(() => panel(page).isVisible(), false);
    await ann.close();
  });

  test('closed as a phone does and opened by the page within one frame, it is open', async () => {
    const ann = await visit('ann', '', PHONE);
    const { page } = ann;
    await launcher(page).tap();
    await panel(page).and(page.locator(':modal')).waitFor();
    const seen = await page.evaluate(async () => {
      const dialog = document.querySelector('inlay-launcher')?.shadowRoot?.querySelector('dialog');
      dialog?.requestClose();
      const before = dialog?.open;
      window.Inlay?.open();
      for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
      return { before, open: dialog?.open };
    });
    expect(seen).toEqual({ before: false, open: true });
    await ann.close();
  });

  test('turning a phone keeps it open, no longer on the whole screen', async () => {
    const ann = await visit('ann');
    await open(ann);
    await ann.openConversation('Bob');
    await ann.page.setViewportSize({ width: 360, height: 640 });
    await panel(ann.page).and(ann.page.locator(':modal')).waitFor();
    await ann.page.setViewportSize({ width: 1100, height: 760 });
    await panel(ann.page).and(ann.page.locator(':not(:modal)')).waitFor();
    await shows(() => ann.page.locator('.inlay-conversation h2').textContent(), 'Bob');
    await ann.close();
  });
});

/** Where everything in the launcher lies and how it looks. */
const looks = ({ page }: Window): Promise<string[]> =>
  page.evaluate(() => {
    const host = document.querySelector('inlay-launcher');
    const all = [...(host?.shadowRoot?.querySelectorAll('*') ?? [])];
    const names = [
      'display',
      'color',
      'opacity',
      'fontSize',
      'fontFamily',
      'letterSpacing',
      'padding',
      'border',
      'backgroundColor',
      'transform',
      'filter',
      'float',
    ] as const;
    return all.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      const style = getComputedStyle(one);
      return [
        one.tagName,
        String(one.getAttribute('class')),
        [x, y, width, height].map(Math.round).join(' '),
        ...names.map((name) => style[name]),
      ].join('|');
    });
  });

test('no style of the page changes anything of it', async () => {
  await send('ann', 'zoe', 'Are you there?');
  const still: BrowserContextOptions = { reducedMotion: 'reduce' };
  const [plain, hostile] = [await visit('ann', '', still), await visit('ann', 'hostile', still)];
  for (const window of [plain, hostile]) {
    await open(window);
    await window.openConversation('zoe');
    await window.message('Are you there?').waitFor();
    // She never was, so that it says the same whenever it is looked at.
    await window.page.locator('.inlay-standing').getByText('Offline').waitFor();
  }
  await shows(async () => {
    const [without, within] = await Promise.all([looks(plain), looks(hostile)]);
    const differ = (_: string, i: number) => without[i] !== within[i];
    return [without.filter(differ), within.filter(differ)];
  }, [[], []]);
  await Promise.all([plain.close(), hostile.close()]);
});

describe('who is there', () => {
  test('the next person of a browser finds nothing of the one before', async () => {
    const window = await visit('ann');
    await open(window);
    await window.row('Bob').waitFor();
    await window.page.context().addCookies([{ name: 'person', value: 'eve', url: site.origin }]);
    await window.page.reload();
    await open(window);
    await window.page.getByText('No conversations yet').waitFor();
    await shows(() => window.page.locator('.inlay-conversation-row').count(), 0);
    await window.close();
  });

  test('a page that says who is there is asked for a token once, not at each visit', async () => {
    const window = await visit('ann', tagged('data-token-url="/chat-token" data-user="ann"'));
    await badge(window.page).waitFor({ state: 'attached' });
    await open(window);
    await window.row('Bob').waitFor();
    const { asked } = site;
    await window.page.reload();
    await open(window);
    await window.row('Bob').waitFor();
    expect(site.asked).toBe(asked);
    await window.close();
  });

  test('a guest comes into being at the first opening, and signing out forgets them', async () => {
    const guests = async () =>
      (await node.db.selectFrom('users').select('id').where('kind', '=', 'guest').execute()).length;
    await send('ann', 'support', 'so that there is such a person');
    const window = await visit('', tagged('data-guest="Visitor" data-to="support"'));
    await window.page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((r) => /widget\/widget-/.test(r.name)),
    );
    expect(await guests()).toBe(0);
    await open(window);
    await window.write('Help!');
    await window.page.locator('.inlay-message[data-state=sent]').waitFor();
    expect(await guests()).toBe(1);
    await window.page.evaluate(() => globalThis.window.Inlay?.signOut());
    await shows(() => panel(window.page).isVisible(), false);
    await open(window);
    await window.page.getByRole('textbox').waitFor();
    await shows(guests, 2);
    await shows(() => window.page.locator('.inlay-message').count(), 0);
    await window.close();
  });

  test('without any way to sign in, people sign in themselves', async () => {
    const window = await visit('', tagged(''));
    await launcher(window.page).click();
    await panel(window.page).getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await faults(window.page)).toEqual([]);
    await window.close();
  });
});
