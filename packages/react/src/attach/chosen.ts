import type { Kind } from './kinds.ts';

/** What was learned of a file by looking at it. */
export interface Seen {
  readonly kind: Kind;
  /** Pixels as seen. */
  readonly width?: number;
  readonly height?: number;
  /** Milliseconds. */
  readonly duration?: number;
  /** The still that stands for a video. */
  readonly poster?: Blob;
}

/** A file that was chosen and is not sent yet. */
export interface Chosen {
  readonly id: number;
  readonly file: File;
  /** Where the page reads it. */
  readonly url: string;
  readonly caption: string;
  /** Undefined until it was looked at. */
  readonly seen: Seen | undefined;
  /** Where the page reads its still. */
  readonly poster?: string;
  /** By its type, until it was looked at. */
  readonly kind: Kind;
}

export type Change =
  | { readonly do: 'add'; readonly items: readonly Chosen[] }
  | { readonly do: 'remove'; readonly id: number }
  /** Puts one in the place of another, which gives way. */
  | { readonly do: 'move'; readonly id: number; readonly to: number }
  | { readonly do: 'caption'; readonly id: number; readonly caption: string }
  | { readonly do: 'see'; readonly id: number; readonly seen: Seen; readonly poster?: string };

const patched = (all: readonly Chosen[], id: number, patch: Partial<Chosen>): readonly Chosen[] =>
  all.map((one) => (one.id === id ? { ...one, ...patch } : one));

/** The files that were chosen, after a change. */
export function changed(all: readonly Chosen[], change: Change): readonly Chosen[] {
  switch (change.do) {
    case 'add':
      return [...all, ...change.items];
    case 'remove':
      return all.filter(({ id }) => id !== change.id);
    case 'caption':
      return patched(all, change.id, { caption: change.caption });
    case 'see': {
      const { seen, poster } = change;
      return patched(all, change.id, { seen, kind: seen.kind, ...(poster === undefined ? {} : { poster }) });
    }
    case 'move': {
      const moved = all.find(({ id }) => id === change.id);
      if (moved === undefined || change.to < 0 || change.to >= all.length) return all;
      return all.filter((one) => one !== moved).toSpliced(change.to, 0, moved);
    }
  }
}
