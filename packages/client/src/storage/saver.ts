import type { Conversation, Message, User } from '@inlay-im/protocol';
import type { Clock } from '../clock.ts';
import type { Standing } from '../sync/sync.ts';
import { renew, trim, type Window, without, withPlayed } from '../timeline/window.ts';
import { type Change, type Storage, TABLES } from './storage.ts';

/** What changed is written together after so many milliseconds. */
const DELAY = 300;
const MESSAGES_KEPT = 200;
const WINDOWS_KEPT = 100;

interface SavedWindow {
  readonly rev: number;
  readonly lastN: number;
  readonly messages: readonly Message[];
  readonly mine: readonly (readonly [number, readonly string[]])[];
  /** Absent in what an older version of the client stored. */
  readonly played?: readonly number[];
  readonly hasBefore: boolean;
  readonly at: number;
}

const packed = (window: Window, at: number): SavedWindow => {
  const { rev, lastN, messages, mine, played, hasBefore } = trim(window, MESSAGES_KEPT, 'end');
  return { rev, lastN, messages, mine: [...mine], played: [...played], hasBefore, at };
};

const unpacked = ({ rev, lastN, messages, mine, played, hasBefore }: SavedWindow): Window => ({
  rev,
  lastN,
  messages,
  mine: new Map(mine),
  played: new Set(played),
  hasBefore,
  hasAfter: false,
});

/** Writes the client's state to storage, a moment later and in one transaction. */
export class Saver {
  readonly #storage: Storage;
  readonly #clock: Clock;
  #changes = new Map<string, Change>();
  #cancel: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();
  #renewing: Promise<void> = Promise.resolve();

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  standing(standing: Standing): void {
    this.#add('meta standing', { put: 'meta', key: 'standing', value: standing });
  }

  conversation(data: Conversation): void {
    this.#add(`conversation ${data.id}`, { put: 'conversations', key: data.id, value: data });
  }

  /** Only a window that reaches the end is worth keeping: it is what the next start shows. */
  window(id: string, window: Window): void {
    if (window.hasAfter) return;
    if (window.messages.length === 0) return this.#add(`window ${id}`, { remove: 'windows', key: id });
    this.#add(`window ${id}`, {
      put: 'windows',
      key: id,
      value: packed(window, this.#clock.now()),
      newer: true,
    });
  }

  user(user: User): void {
    this.#add(`user ${user.id}`, { put: 'users', key: user.id, value: user });
  }

  gone(id: string): void {
    this.#add(`conversation ${id}`, { remove: 'conversations', key: id });
    this.#add(`window ${id}`, { remove: 'windows', key: id });
  }

  async storedWindow(id: string): Promise<Window | undefined> {
    await this.flush();
    const saved = (await this.#storage.get('windows', id)) as SavedWindow | undefined;
    return saved && unpacked(saved);
  }

  /** Takes what I deleted for me out of a window that is not loaded, as no revision tells of it later. */
  deleted(id: string, numbers: readonly number[]): Promise<void> {
    return this.#renew(id, (window) => without(window, numbers));
  }

  /** Marks what I played in a window that is not loaded, as no revision tells of it later. */
  played(id: string, numbers: readonly number[]): Promise<void> {
    return this.#renew(id, (window) => withPlayed(window, numbers));
  }

  /** [L8] Takes what was recalled out of a window that is not loaded, so that it is not kept until someone looks at it. */
  recalled(message: Message): Promise<void> {
    return this.#renew(message.conversation, (window) => renew(window, message));
  }

  /** One at a time, so that none undoes the one before; a window that was loaded meanwhile is newer than the stored one. */
  #renew(id: string, change: (window: Window) => Window): Promise<void> {
    this.#renewing = this.#renewing
      .then(async () => {
        const window = await this.storedWindow(id);
        const changed = window && change(window);
        if (changed && changed !== window && !this.#changes.has(`window ${id}`)) this.window(id, changed);
      })
      .catch(() => {});
    return this.#renewing;
  }

  /** Drops what came from the node; sign-in and outbox stay. */
  async wipe(): Promise<void> {
    this.#changes.clear();
    await this.#write([
      { remove: 'meta', key: 'standing' },
      { clear: 'conversations' },
      { clear: 'windows' },
    ]);
  }

  /** Drops everything. */
  async clear(): Promise<void> {
    this.#changes.clear();
    await this.#write(TABLES.map((clear) => ({ clear })));
  }

  /** Writes now what waits. A storage that fails costs the next start its cache, and nothing else. */
  flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#changes.size === 0) return this.#writing;
    const changes = [...this.#changes.values()];
    this.#changes = new Map();
    return this.#write([...changes, { trim: 'windows', keep: WINDOWS_KEPT }]);
  }

  #write(changes: readonly Change[]): Promise<void> {
    this.#writing = this.#writing.then(() => this.#storage.transaction(changes)).catch(() => {});
    return this.#writing;
  }

  #add(key: string, change: Change): void {
    this.#changes.set(key, change);
    this.#cancel ??= this.#clock.after(DELAY, () => void this.flush());
  }
}
