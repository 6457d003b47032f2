import type { Store } from '@inlay-im/client';
import { Cell } from '@inlay-im/client';

export type Theme = 'system' | 'light' | 'dark';
/** Steps of the size of text; `medium` is 15 px. */
export type TextSize = 'small' | 'medium' | 'large' | 'huge';

/** What a person chose on this device. */
export interface Settings {
  readonly theme: Theme;
  readonly textSize: TextSize;
  /** A BCP 47 tag; null: as the browser says. */
  readonly locale: string | null;
  readonly notifications: boolean;
  readonly sounds: boolean;
  /** Whether Enter sends; else it begins a line, and Ctrl or Cmd with Enter sends. */
  readonly enterSends: boolean;
}

export const DEFAULTS: Settings = {
  theme: 'system',
  textSize: 'medium',
  locale: null,
  notifications: false,
  sounds: true,
  enterSends: true,
};

const KEY = 'inlay.settings';
const CHOICES: Partial<Record<keyof Settings, readonly string[]>> = {
  theme: ['system', 'light', 'dark'],
  textSize: ['small', 'medium', 'large', 'huge'],
};

/** What was stored, as far as it is of use: another version or another page's script may have written it. */
function sane(stored: unknown): Partial<Settings> {
  if (typeof stored !== 'object' || stored === null) return {};
  const entries = Object.entries(stored).filter(([key, value]) => {
    if (!(key in DEFAULTS)) return false;
    if (key === 'locale') return value === null || typeof value === 'string';
    const choices = CHOICES[key as keyof Settings];
    return choices ? choices.includes(value) : typeof value === 'boolean';
  });
  return Object.fromEntries(entries);
}

/** The part of `localStorage` that settings need; absent where a page may not store anything. */
export type Shelf = Pick<globalThis.Storage, 'getItem' | 'setItem'> | undefined;

function pageShelf(): Shelf {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** The settings of this device, kept from one visit to the next and in step with its other tabs. */
export class SettingsStore implements Store<Settings> {
  readonly #cell: Cell<Settings>;
  readonly #shelf: Shelf;
  readonly subscribe: (listener: () => void) => () => void;

  constructor(start: Partial<Settings> = {}, shelf: Shelf = pageShelf()) {
    this.#shelf = shelf;
    this.#cell = new Cell<Settings>({ ...DEFAULTS, ...start, ...this.#read() });
    this.subscribe = this.#cell.subscribe;
  }

  readonly get = (): Settings => this.#cell.get();

  /** Changes some of them; what is absent stays. */
  readonly set = (change: Partial<Settings>): void => {
    this.#cell.set({ ...this.get(), ...change });
    try {
      this.#shelf?.setItem(KEY, JSON.stringify(this.get()));
    } catch {
      // A full or forbidden storage costs the next visit its settings, and nothing else.
    }
  };

  /** To be called when another tab changed them. */
  readonly reload = (): void => this.#cell.set({ ...this.get(), ...this.#read() });

  #read(): Partial<Settings> {
    try {
      return sane(JSON.parse(this.#shelf?.getItem(KEY) ?? 'null'));
    } catch {
      return {};
    }
  }
}
