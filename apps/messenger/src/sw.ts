/**
 * The service worker: the messenger opens without a network. It answers for the page itself and for the files whose
 * names carry a hash, and for nothing else: not the API, not the documents, not the widget.
 *
 * One cache holds one version whole. The page in it is the one that came with the files beside it; a page that the
 * network gives later is not put there, since it may name files of the next version.
 */
import { conversationOf, isActivate, isComplete, type Open } from './worker-messages.ts';
import type { WorkerScope } from './worker-scope.ts';

/** A hash of everything below, so that each version's worker is another file. */
declare const __INLAY_VERSION__: string;
/** Paths that the page needs to start, `/` among them. */
declare const __INLAY_SHELL__: readonly string[];
/** Paths of all files of this version whose names carry a hash. */
declare const __INLAY_FILES__: readonly string[];

const PREFIX = 'inlay-files-';
const CACHE = PREFIX + __INLAY_VERSION__;
const FILES = new Set(__INLAY_FILES__);
/** How long the network may take with the page before the kept one is shown, in milliseconds. */
const PATIENCE = 3000;

const worker = globalThis as unknown as WorkerScope;

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  // The page is asked for anew: the browser's own cache may hold that of another version.
  const fresh = __INLAY_SHELL__.map((path) => new Request(path, path === '/' ? { cache: 'reload' } : {}));
  await cache.addAll(fresh);
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The response if it comes in time and the server was not in trouble. */
async function inTime(response: Promise<Response>): Promise<Response | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE, undefined));
  const first = await Promise.race([response.catch(() => undefined), late]);
  return first !== undefined && first.status < 500 ? first : undefined;
}

async function page(request: Request): Promise<Response> {
  const response = fetch(request);
  return (await inTime(response)) ?? (await caches.match('/', { cacheName: CACHE })) ?? (await response);
}

async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

/**
 * Fetches the parts that were not used yet, one after the other: without a network they open too, and a page that is
 * older than the node still has all of its own.
 */
async function complete(): Promise<void> {
  for (const path of FILES) await file(new Request(path)).catch(() => undefined);
}

async function openConversation(conversation: string | undefined): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const window = windows.find(({ visibilityState }) => visibilityState === 'visible') ?? windows[0];
  if (window === undefined) {
    const fragment = conversation === undefined ? '' : `#/c/${encodeURIComponent(conversation)}`;
    await worker.clients.openWindow(`/${fragment}`);
    return;
  }
  if (conversation !== undefined) window.postMessage({ type: 'open', conversation } satisfies Open);
  await window.focus();
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && pathname === '/') event.respondWith(page(request));
  else if (FILES.has(pathname)) event.respondWith(file(request));
});
worker.addEventListener('message', (event) => {
  if (isActivate(event.data)) event.waitUntil(worker.skipWaiting());
  if (isComplete(event.data)) event.waitUntil(complete());
});
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openConversation(conversationOf(event.notification.data)));
});
