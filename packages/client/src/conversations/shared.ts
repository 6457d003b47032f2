import type { SharedKind } from '@inlay-im/protocol';
import type { Media } from '../files/media.ts';
import type { Shared, SharedOptions, SharedView } from '../files/shared.ts';
import { type Later, laterStore } from '../later.ts';
import type { Store } from '../store.ts';
import type { Heard } from './core.ts';

const NOTHING: SharedView = { items: [], complete: false, loading: false };

/** Messages that carry one kind of thing. */
export interface SharedStore extends Store<SharedView> {
  /** Loads a further page. */
  more(): Promise<void>;
}

/** What was shared in one conversation, one store for each kind that was asked for. */
export class SharedStores {
  readonly #media: Later<Media>;
  readonly #options: Omit<SharedOptions, 'kind'>;
  readonly #loaded = new Map<SharedKind, Shared>();
  readonly #stores = new Map<SharedKind, SharedStore>();

  constructor(media: Later<Media>, options: Omit<SharedOptions, 'kind'>) {
    this.#media = media;
    this.#options = options;
  }

  of(kind: SharedKind): SharedStore {
    const held = this.#stores.get(kind);
    if (held) return held;
    const load = (media: Media): Shared => {
      const shared = this.#loaded.get(kind) ?? media.shared({ ...this.#options, kind });
      this.#loaded.set(kind, shared);
      return shared;
    };
    const more = async () => load(await this.#media.get()).more();
    const store = { ...laterStore(this.#media, NOTHING, load), more };
    this.#stores.set(kind, store);
    return store;
  }

  each(run: (shared: Shared) => void): void {
    for (const shared of this.#loaded.values()) run(shared);
  }

  heard(what: Heard): void {
    this.each((shared) => shared.heard(what));
  }
}
