import type { Client } from '@inlay-im/client';
import { useEffect, useRef } from 'react';
import { type Kit, useInlay } from '../context.ts';
import { nameOf } from '../hooks/people.ts';
import { mediaNotice, textOf } from '../text/written.ts';
import { isLookedAt, isLooking, lookingAt, take } from './attention.ts';
import { type Incoming, watchIncoming } from './incoming.ts';

/** Longer texts are cut by the systems that show them anyway. */
const LONGEST = 240;
/** Pixels of the picture in a notification, at most. */
const ICON = 256;
/** For how long a notification waits for the sender's name, in milliseconds. */
const NAME_WAIT = 1000;

/** As much of a service worker's registration as notifications need. */
export type NotificationWorker = Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>;

let worker: NotificationWorker | undefined;

/**
 * Has notifications shown by the app's own service worker, which shows them where a page may not (Android) and keeps
 * them when the page is closed. It then has to answer a press: `event.notification.data.conversation` says which
 * conversation to open. Undefined: the page shows them itself.
 */
export function notifyThrough(registration: NotificationWorker | undefined): void {
  worker = registration;
}

/** What the browser lets the page do; `unsupported` where it has no notifications. */
export const notificationPermission = (): NotificationPermission | 'unsupported' =>
  'Notification' in globalThis ? Notification.permission : 'unsupported';

/** Asks the person for leave to notify; to be called from a press. Gives whether it is given. */
export async function requestNotifications(): Promise<boolean> {
  const now = notificationPermission();
  if (now !== 'default') return now === 'granted';
  return (await Notification.requestPermission()) === 'granted';
}

/** A person's name, for which the node is waited for a moment. */
function nameSoon(client: Client, id: string): Promise<string> {
  const store = client.users.get(id);
  if (store.get() !== undefined) return Promise.resolve(nameOf(store.get(), id));
  return new Promise((resolve) => {
    const done = () => {
      stop();
      clearTimeout(timer);
      resolve(nameOf(store.get(), id));
    };
    const stop = store.subscribe(done);
    const timer = setTimeout(done, NAME_WAIT);
  });
}

interface Shown {
  readonly title: string;
  readonly options: NotificationOptions & { renotify: boolean };
}

/** One notification for each conversation: a newer message takes the place of the one before, and rings again. */
async function shownOf({ client, t, locale }: Kit, { conversation, message }: Incoming): Promise<Shown> {
  const me = client.me.get()?.id ?? '';
  const { id, kind, peer, title, avatar } = conversation;
  const name = await nameSoon(client, message.sender ?? '');
  const { body } = message;
  const text = (body?.kind === 'media' ? mediaNotice(t, body) : textOf(message)).slice(0, LONGEST);
  const picture = peer ? peer.avatar : avatar;
  const direct = kind === 'direct';
  const group = title ?? t(kind === 'channel' ? 'info.channel' : 'info.group');
  return {
    title: direct ? name : group,
    options: {
      body: direct ? text : t('timeline.heard', { name, text }),
      tag: `inlay:${me}:${id}`,
      renotify: true,
      lang: locale,
      // The page has sounds of its own, which the person can switch off.
      silent: true,
      data: { conversation: id, n: message.n },
      ...(picture ? { icon: client.resolve(picture, ICON) } : {}),
    },
  };
}

/** Shows it. Gives what takes it back. */
async function show({ title, options }: Shown, open: () => void): Promise<() => void> {
  const through = worker;
  if (through) {
    await through.showNotification(title, options);
    const { tag } = options;
    return () => {
      const close = (shown: readonly Notification[]) => {
        for (const one of shown) one.close();
      };
      through.getNotifications(tag === undefined ? {} : { tag }).then(close, () => {});
    };
  }
  const notification = new Notification(title, options);
  notification.onclick = () => {
    notification.close();
    globalThis.focus();
    open();
  };
  return () => notification.close();
}

/** Notifications of conversations that are not read yet; they go once that happens, here or on another device. */
class Unanswered {
  readonly #closing = new Map<string, () => void>();

  add(conversation: string, close: () => void): void {
    this.#closing.set(conversation, close);
  }

  look(client: Client): void {
    if (this.#closing.size === 0) return;
    const { items, archived } = client.conversations.get();
    const unread = new Set([...items, ...archived].filter((one) => one.unread > 0).map(({ id }) => id));
    for (const [id, close] of this.#closing) {
      if (unread.has(id)) continue;
      this.#closing.delete(id);
      close();
    }
  }
}

export interface NotificationsOptions {
  readonly on: boolean;
  /** The conversation that is open here. */
  readonly current: string | undefined;
  open(conversation: string): void;
}

/**
 * Shows a notification for what others write while the person looks elsewhere: at another page, or at another
 * conversation. It follows the person's setting and the browser's permission at each message. Of several tabs one
 * shows it, and none while the conversation is looked at in any of them.
 */
export function useNotifications({ on, current, open }: NotificationsOptions): void {
  const kit = useInlay();
  const latest = useRef({ kit, current, open });
  latest.current = { kit, current, open };
  const { client } = kit;
  useEffect(() => {
    if (!on) return;
    const unanswered = new Unanswered();
    const heard = async (incoming: Incoming) => {
      const { kit, current, open } = latest.current;
      const { id } = incoming.conversation;
      const me = client.me.get()?.id ?? '';
      if (!kit.settings.get().notifications || notificationPermission() !== 'granted') return;
      if (isLookedAt() && current === id) return;
      if (await isLooking(lookingAt(me, id))) return;
      if (!(await take(`${me}:${id}:${incoming.message.n}`))) return;
      unanswered.add(id, await show(await shownOf(kit, incoming), () => open(id)));
      // It may have been read while the name was waited for.
      unanswered.look(client);
    };
    const stops = [
      watchIncoming(client, (incoming) => void heard(incoming).catch(() => {})),
      client.conversations.subscribe(() => unanswered.look(client)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, on]);
}
