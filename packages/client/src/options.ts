import type { HostToken } from './auth/auth.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { type Environment, pageEnvironment } from './connection/environment.ts';
import type { SocketConstructor } from './connection/socket.ts';
import type { Fetch } from './requests/http.ts';
import { memoryStorage } from './storage/memory.ts';
import type { Storage } from './storage/storage.ts';
import type { Channel, Locks } from './tabs/ports.ts';
import type { XhrConstructor } from './uploads/put.ts';
import { randomBytes } from './uuid.ts';

export interface ClientOptions {
  /** The node's address, `https://chat.example.com`. */
  url: string;
  /** The app's id where the node serves several; absent: its default one. */
  app?: string;
  /** This device's name in the person's list of devices, 100 characters at most. */
  device?: string;
  /** Where the host app gives tokens: signs in by itself, and again whenever a sign-in ends. */
  auth?: HostToken;
  /** Where the last state is kept. Default: in memory. */
  storage?: Storage;
  /** Network and attention. Default: the page's, where there is one. */
  environment?: Environment;
  /** Web locks, through which tabs elect the one that connects; null: none. Default: the browser's. */
  locks?: Locks | null;
  /** Opens a channel between tabs; null: none. Default: the browser's BroadcastChannel. */
  channel?: ((name: string) => Channel) | null;
  WebSocket?: SocketConstructor;
  fetch?: Fetch;
  /** Tells of headway while bytes go out; null: they go by `fetch`. Default: the browser's, where there is one. */
  XMLHttpRequest?: XhrConstructor | null;
  clock?: Clock;
  /** A number from 0 up to 1, for the spread of retries. */
  random?: () => number;
  /** So many random bytes, for ids. */
  bytes?: (count: number) => Uint8Array;
}

/** The options with everything that was left out. Locks and channels are for storage that tabs share, and only together. */
export function complete(options: ClientOptions) {
  const browser = globalThis as {
    navigator?: { locks?: Locks };
    BroadcastChannel?: new (name: string) => Channel;
  };
  const { BroadcastChannel } = browser;
  const storage = options.storage ?? memoryStorage();
  const locks = options.locks === undefined ? browser.navigator?.locks : (options.locks ?? undefined);
  const channel =
    options.channel === undefined
      ? BroadcastChannel && ((name: string) => new BroadcastChannel(name))
      : (options.channel ?? undefined);
  const { shared } = storage;
  return {
    url: options.url,
    where: {
      ...(options.app === undefined ? {} : { app: options.app }),
      ...(options.device === undefined ? {} : { device: options.device }),
    },
    auth: options.auth,
    storage,
    locks: shared === undefined ? undefined : locks,
    tabs: shared !== undefined && locks && channel ? { shared, locks, channel } : undefined,
    environment: options.environment ?? pageEnvironment(),
    WebSocket: options.WebSocket ?? (globalThis.WebSocket as unknown as SocketConstructor),
    XMLHttpRequest: options.XMLHttpRequest,
    fetch: options.fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init)),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    bytes: options.bytes ?? randomBytes,
  };
}

export type Complete = ReturnType<typeof complete>;
