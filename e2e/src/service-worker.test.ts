import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { bundleMessenger } from '../../apps/messenger/bundle.ts';
import { createBundles } from '../../packages/server/src/gateway/web/bundles.ts';
import { pageRoutes } from '../../packages/server/src/gateway/web/routes.ts';
import { launch } from './lib/browser.ts';
import { shows } from './lib/shows.ts';

const PAGE_SIDE = fileURLToPath(new URL('../../apps/messenger/src/service-worker.ts', import.meta.url));

/** A page around the service worker that says which version it is, and what it was told. */
const source = (version: string): string => `
import { onOpenFromNotification, registerServiceWorker } from ${JSON.stringify(PAGE_SIDE)};
document.body.dataset.version = ${JSON.stringify(version)};
registerServiceWorker((activate) => {
  document.body.dataset.update = 'ready';
  document.body.onclick = activate;
});
onOpenFromNotification((conversation) => { document.body.dataset.opened = conversation; });
globalThis.later = async () => (await import('./later.ts')).later;
`;

/** The page is empty, so nothing of it is visible. */
const ATTACHED = { state: 'attached' } as const;

const logger = { debug() {}, info() {}, warn() {}, error() {} };
let folder: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** The routes of a node with the version that is out; undefined is a node that does not answer for the page. */
let served: ReturnType<typeof pageRoutes> | undefined;
let server: Bun.Server<undefined>;

async function release(version: string): Promise<void> {
  const at = join(folder, version);
  await Bun.write(
    join(at, 'index.html'),
    '<!doctype html><body><script type="module" src="./main.ts"></script>',
  );
  await Bun.write(join(at, 'main.ts'), source(version));
  await Bun.write(join(at, 'later.ts'), `export const later = 'later of ${version}';`);
  const messenger = () => bundleMessenger(join(at, 'index.html'));
  served = pageRoutes({ logger, bundles: createBundles({ messenger, widget: async () => [] }) });
}

const serve = (port: number): Bun.Server<undefined> =>
  Bun.serve({
    port,
    fetch: (request) => served?.fetch(request) ?? new Promise<Response>(() => undefined),
  });

const version = () => page.locator('body').getAttribute('data-version');
const keptCaches = () => page.evaluate(() => caches.keys());

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inlay-worker-'));
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** A browser that never was here opens version one; the worker answers for it from then on. */
beforeEach(async () => {
  await context?.close();
  await server?.stop(true);
  await release('one');
  server = serve(0);
  context = await browser.newContext({ permissions: ['notifications'] });
  page = await context.newPage();
  await page.goto(`http://localhost:${server.port}/`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
});

/** Waits until all three files of a version are kept: the page, its script, and the part that is used later. */
const wholeVersion = () =>
  shows(
    () =>
      page.evaluate(async () => {
        const all = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
        return (await Promise.all(all.map((cache) => cache.keys()))).flat().length;
      }),
    3,
  );

test('without a network the page opens, with parts of it that were never used, and nothing else', async () => {
  const later = 'globalThis.later()';
  await wholeVersion();
  const { port } = server;
  await server.stop(true);
  await page.goto(`http://localhost:${port}/?as=ann#/c/studio`);
  await shows(version, 'one');
  expect(await page.evaluate(later)).toBe('later of one');
  const others = ['/v1/users.me', '/docs', '/widget.js', '/sw.js', '/other'];
  for (const path of others) {
    expect(await page.evaluate((at) => fetch(at).catch(() => 'no network'), path)).toBe('no network');
  }
});

test('a node that does not answer is waited for 3 s, then the kept page opens', async () => {
  served = undefined;
  const began = performance.now();
  await page.reload();
  expect(performance.now() - began).toBeGreaterThan(2900);
  await shows(version, 'one');
});

test('a new version waits until the page asks for it, and then replaces the old one', async () => {
  const [first] = await keptCaches();
  await release('two');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await page.locator('body[data-update=ready]').waitFor(ATTACHED);
  await shows(version, 'one');
  await shows(keptCaches, [first ?? '', expect.any(String)]);
  await page.locator('body').dispatchEvent('click');
  await page.locator('body[data-version=two]').waitFor(ATTACHED);
  await shows(keptCaches, [expect.not.stringMatching(first ?? '')]);
});

test('the first version ever is no update', async () => {
  await shows(() => page.locator('body').getAttribute('data-update'), null);
});

test('a press on a notification opens its conversation in the window that is there', async () => {
  const [worker] = context.serviceWorkers();
  // A browser without a screen has nothing to press, so the event is made in the worker.
  await worker?.evaluate(async () => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration };
    await scope.registration.showNotification('Ann', { data: { conversation: 'direct:ann,ben' } });
    const [notification] = await scope.registration.getNotifications();
    const event = Object.assign(new Event('notificationclick'), { notification, waitUntil: () => undefined });
    globalThis.dispatchEvent(event);
  });
  await page.locator('body[data-opened="direct:ann,ben"]').waitFor(ATTACHED);
});
