import type { FileAddress } from '@inlay-im/protocol';
import { LIMITS } from '@inlay-im/protocol/rules';
import type { Clock } from '../clock.ts';
import type { Call } from '../connection/link.ts';
import { ConnectionLost, mayRetry, retryAfter } from '../requests/errors.ts';
import { Cell, type Store } from '../store.ts';

/** An address is renewed so many milliseconds before its end. */
const AHEAD = 60_000;
/** None is renewed sooner than this, as the device's clock may be ahead of the node's. */
const LEAST = 60_000;
/** Milliseconds before addresses that could not be had are asked for again. */
const AGAIN = 5000;

export interface AddressesOptions {
  readonly call: Call;
  readonly clock: Clock;
  up(): boolean;
  /** Makes an address absolute. */
  at(url: string): string;
}

interface Entry {
  readonly conversation: string | undefined;
  readonly file: string;
  readonly cell: Cell<FileAddress | undefined>;
  /** When it is to be had anew. */
  until: number;
  cancel(): void;
}

/**
 * Where the bytes of files are. What is listened to is fetched, together with all that is asked for in the same
 * conversation at the same time, and is renewed before its end.
 */
export class Addresses {
  readonly #options: AddressesOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #wanted = new Set<Entry>();
  #asking = false;

  constructor(options: AddressesOptions) {
    this.#options = options;
  }

  of(conversation: string | undefined, file: string): Store<FileAddress | undefined> {
    const key = `${conversation ?? ''} ${file}`;
    const held = this.#entries.get(key);
    if (held) return held.cell;
    const cell = new Cell<FileAddress | undefined>(undefined, {
      first: () => this.#watch(entry),
      last: () => entry.cancel(),
    });
    const entry: Entry = { conversation, file, cell, until: 0, cancel: () => {} };
    this.#entries.set(key, entry);
    return cell;
  }

  /** Asks anew for one that did not work. */
  renew(conversation: string | undefined, file: string): void {
    const entry = this.#entries.get(`${conversation ?? ''} ${file}`);
    if (entry?.cell.watched) this.#want(entry);
  }

  /** Fetches what is wanted. To be called whenever a session opened, too. */
  pump(): void {
    if (this.#asking || this.#wanted.size === 0 || !this.#options.up()) return;
    this.#asking = true;
    queueMicrotask(() => void this.#ask());
  }

  clear(): void {
    this.#wanted.clear();
    for (const entry of this.#entries.values()) {
      entry.cancel();
      entry.until = 0;
      entry.cell.set(undefined);
    }
  }

  #watch(entry: Entry): void {
    const left = entry.until - this.#options.clock.now();
    if (left <= 0) return this.#want(entry);
    entry.cancel = this.#options.clock.after(left, () => this.#want(entry));
  }

  #want(entry: Entry): void {
    this.#wanted.add(entry);
    this.pump();
  }

  /** The first that is wanted, and what else is wanted of its conversation. */
  async #ask(): Promise<void> {
    const wanted = [...this.#wanted].filter(({ cell }) => cell.watched);
    this.#wanted.clear();
    const conversation = wanted[0]?.conversation;
    const ofOne = wanted.filter((entry) => entry.conversation === conversation).slice(0, LIMITS.idsPerCall);
    for (const entry of wanted) if (!ofOne.includes(entry)) this.#wanted.add(entry);
    if (ofOne.length > 0) await this.#fetch(conversation, ofOne);
    this.#asking = false;
    this.pump();
  }

  async #fetch(conversation: string | undefined, entries: readonly Entry[]): Promise<void> {
    const files = entries.map(({ file }) => file);
    try {
      const { addresses } = await this.#options.call('files.urls', {
        files,
        ...(conversation === undefined ? {} : { conversation }),
      });
      for (const entry of entries)
        this.#learn(
          entry,
          addresses.find(({ file }) => file === entry.file),
        );
    } catch (error) {
      if (!mayRetry(error)) return;
      const again = () => {
        for (const entry of entries) this.#wanted.add(entry);
      };
      // A connection that ended comes back with `pump`.
      if (error instanceof ConnectionLost) return again();
      this.#options.clock.after(retryAfter(error, AGAIN), () => {
        again();
        this.pump();
      });
    }
  }

  /** What is left out is not mine to see, any more or yet. */
  #learn(entry: Entry, seen: FileAddress | undefined): void {
    const { clock, at } = this.#options;
    entry.cancel();
    if (seen === undefined) {
      entry.until = 0;
      return entry.cell.set(undefined);
    }
    const left = seen.expiresAt - AHEAD - clock.now();
    entry.until = clock.now() + Math.min(Math.max(left, LEAST), LIMITS.fileAddress);
    const url = at(seen.url);
    const steps = seen.steps.map((step) => ({ ...step, url: at(step.url) }));
    entry.cell.set({ ...seen, url, steps });
    if (entry.cell.watched) this.#watch(entry);
  }
}
