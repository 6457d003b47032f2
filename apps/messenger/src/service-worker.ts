/** The page's side of the service worker. */
import { type Activate, type Complete, isOpen } from './worker-messages.ts';

/** Trusted Types (https://www.w3.org/TR/trusted-types/), which the types of pages do not know. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

const SCRIPT = '/sw.js';

/** The one script address that this page makes of a text; the page's policy lets it make no other. */
function scriptUrl(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return SCRIPT;
  const policy = trustedTypes.createPolicy('inlay', { createScriptURL: () => SCRIPT });
  // `register` takes it, though its type speaks of texts alone.
  return policy.createScriptURL(SCRIPT) as string;
}

/** Lets a worker that waits take over, and loads the page of its version once it has. */
function takeOver(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage({ type: 'activate' } satisfies Activate);
}

function watch(registration: ServiceWorkerRegistration, onUpdate: (activate: () => void) => void): void {
  const offer = (worker: ServiceWorker): void => {
    // The first version ever has nothing to take over from.
    if (navigator.serviceWorker.controller !== null) onUpdate(() => takeOver(worker));
  };
  const follow = (worker: ServiceWorker | null): void =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') offer(worker);
    });
  if (registration.waiting !== null) offer(registration.waiting);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  // A messenger stays open for days; the browser looks for a new version only when a page is loaded.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
}

/** Has the rest of the version kept, once the page has nothing better to do; not where the person saves data. */
async function keepAll(): Promise<void> {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData === true) return;
  const { active } = await navigator.serviceWorker.ready;
  const ask = () => active?.postMessage({ type: 'complete' } satisfies Complete);
  if ('requestIdleCallback' in globalThis) requestIdleCallback(ask);
  else setTimeout(ask);
}

/**
 * Registers the service worker, so that the messenger opens without a network; call it once. Does nothing where there
 * are no service workers: in old browsers, on plain HTTP but for localhost, in some private windows.
 *
 * @param onUpdate called when a new version is ready. The page stays as it is until `activate` is called, which lets
 * the new version take over and reloads the page.
 */
export function registerServiceWorker(onUpdate: (activate: () => void) => void): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register(scriptUrl()).then(
    (registration) => watch(registration, onUpdate),
    () => undefined,
  );
  void keepAll();
}

/**
 * Tells which conversation to open when someone presses a notification that was shown through the service worker with
 * `data: {conversation}`.
 *
 * @returns ends it
 */
export function onOpenFromNotification(listener: (conversation: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const heard = ({ data }: MessageEvent): void => {
    if (isOpen(data)) listener(data.conversation);
  };
  navigator.serviceWorker.addEventListener('message', heard);
  return () => navigator.serviceWorker.removeEventListener('message', heard);
}
