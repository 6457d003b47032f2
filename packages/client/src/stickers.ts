import type { StickerPack, StickerRef, StickerShelf } from '@inlay-im/protocol';
import type { AppEmojiOptions } from './emoji.ts';
import { Cell, type Store } from './store.ts';

export interface StickersView {
  /** Mine first, in my order. */
  readonly packs: readonly StickerPack[];
  readonly shelf: StickerShelf;
}

/** Mine first, in my order; the others stay as they are. */
export function arranged(packs: readonly StickerPack[], { packs: mine }: StickerShelf): StickerPack[] {
  const own = mine.flatMap((id) => packs.find((pack) => pack.id === id) ?? []);
  return [...own, ...packs.filter((pack) => !own.includes(pack))];
}

/** The stickers of the app, and what is mine of them: fetched when they are first looked at, then kept in step. */
export class Stickers {
  readonly #options: AppEmojiOptions;
  readonly #view: Cell<StickersView | undefined>;
  #wanted = false;
  /** Counts what was learned, so that an answer that was overtaken is not taken. */
  #known = 0;

  constructor(options: AppEmojiOptions) {
    this.#options = options;
    this.#view = new Cell<StickersView | undefined>(undefined, {
      first: () => {
        this.#wanted = true;
        this.pump();
      },
    });
  }

  get view(): Store<StickersView | undefined> {
    return this.#view;
  }

  /** This device is in step with the node: what was told meanwhile is asked for. */
  pump(): void {
    const { call, up } = this.#options;
    if (!this.#wanted || !up()) return;
    this.#known += 1;
    const known = this.#known;
    // The next session asks again.
    call('stickers.packs', {}).then(
      (view) => known === this.#known && this.#view.set(view),
      () => {},
    );
  }

  heard(shelf: StickerShelf): void {
    const held = this.#view.get();
    if (held === undefined) return this.pump();
    this.#known += 1;
    this.#view.set({ packs: arranged(held.packs, shelf), shelf });
  }

  /** Says which packs are mine, in which order. */
  async arrange(packs: string[]): Promise<void> {
    this.heard((await this.#options.call('stickers.arrange', { packs })).shelf);
  }

  async favour(one: StickerRef, on: boolean): Promise<void> {
    this.heard((await this.#options.call('stickers.favour', { ...one, on })).shelf);
  }

  clear(): void {
    this.#known += 1;
    this.#wanted = this.#view.watched;
    this.#view.set(undefined);
  }
}
