import type { Shelf } from '../settings.ts';

/** So many emojis are kept as the last ones used. */
export const RECENTS = 24;
const TONES = 5;
const KEY = 'inlay.emoji';

export interface Remembered {
  /** The last ones used, latest first. */
  readonly recents: readonly string[];
  /** The tone of skin: 0 none, 1 light to 5 dark. */
  readonly tone: number;
}

const NOTHING: Remembered = { recents: [], tone: 0 };

/** What was stored, as far as it is of use: another version or another page's script may have written it. */
function sane(stored: unknown): Remembered {
  if (typeof stored !== 'object' || stored === null) return NOTHING;
  const { recents, tone } = stored as Partial<Record<keyof Remembered, unknown>>;
  const emoji = (one: unknown): one is string => typeof one === 'string' && one !== '' && one.length < 64;
  return {
    recents: Array.isArray(recents) ? [...new Set(recents.filter(emoji))].slice(0, RECENTS) : [],
    tone: Number.isInteger(tone) && Number(tone) >= 0 && Number(tone) <= TONES ? Number(tone) : 0,
  };
}

function pageShelf(): Shelf {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** What is remembered of the use of emojis on this device. Without a storage it is remembered until the page goes. */
export class EmojiMemory {
  readonly #shelf: Shelf;
  #held: Remembered = NOTHING;

  constructor(shelf: Shelf = pageShelf()) {
    this.#shelf = shelf;
  }

  get(): Remembered {
    try {
      const stored = this.#shelf?.getItem(KEY);
      if (stored != null) this.#held = sane(JSON.parse(stored));
    } catch {
      // What cannot be read is as if it had never been written.
    }
    return this.#held;
  }

  /** An emoji was used: it is the first of the recent ones now. */
  used(emoji: string): void {
    const { recents, tone } = this.get();
    this.#keep({ recents: [emoji, ...recents.filter((one) => one !== emoji)].slice(0, RECENTS), tone });
  }

  setTone(tone: number): void {
    this.#keep({ ...this.get(), tone });
  }

  #keep(next: Remembered): void {
    this.#held = next;
    try {
      this.#shelf?.setItem(KEY, JSON.stringify(next));
    } catch {
      // A full or forbidden storage costs the next visit its recent ones, and nothing else.
    }
  }
}

let ofPage: EmojiMemory | undefined;

/** The one of the page, so that recent ones outlive the picker where nothing can be stored. */
export const emojiMemory = (): EmojiMemory => {
  ofPage ??= new EmojiMemory();
  return ofPage;
};
