import type { Gif, StoredFile } from '@inlay-im/protocol';
import type { AppEmojiOptions } from './emoji.ts';
import { Cell, type Store } from './store.ts';
import { randomBytes, uuidv7 } from './uuid.ts';

/** What a search found so far. */
export interface GifsView {
  readonly gifs: readonly Gif[];
  /** `failed`: the next page did not come; `more` asks for it again. */
  readonly state: 'loading' | 'ready' | 'failed';
  /** Whether there are no more. */
  readonly complete: boolean;
}

/** One search: its first page is fetched when somebody looks. */
export interface GifSearch extends Store<GifsView> {
  /** Fetches a further page. */
  more(): void;
}

export type GifLocale = 'en' | 'zh-CN';

const NOTHING: GifsView = { gifs: [], state: 'loading', complete: false };

/** GIFs that the node finds at a service, if it has one. */
export class Gifs {
  readonly #options: AppEmojiOptions;
  readonly #service: Cell<string | null | undefined>;
  /** The ids of files that GIFs are to become: one that is taken again, after no answer, is the same file. */
  readonly #files = new Map<string, string>();
  #wanted = false;

  constructor(options: AppEmojiOptions) {
    this.#options = options;
    this.#service = new Cell<string | null | undefined>(undefined, {
      first: () => {
        this.#wanted = true;
        this.pump();
      },
    });
  }

  /** What the service is called, to be shown where its GIFs are; null: there is none, undefined: not known yet. */
  get service(): Store<string | null | undefined> {
    return this.#service;
  }

  /** A session is open: another node may have answered before. */
  pump(): void {
    const { call, up } = this.#options;
    if (!this.#wanted || !up()) return;
    // The next session asks again.
    call('gifs.service', {}).then(
      ({ name }) => this.#service.set(name),
      () => {},
    );
  }

  /** Searches; without words, gives what is popular. `preview` is an address for `client.resolve`. */
  search(query: string, locale: GifLocale): GifSearch {
    const { call } = this.#options;
    let cursor: string | undefined;
    let isLoading = false;
    const view = new Cell<GifsView>(NOTHING, { first: () => view.get() === NOTHING && more() });
    const taken = ({ gifs, next }: { gifs: Gif[]; next: string | null }) => {
      const held = view.get().gifs;
      const known = new Set(held.map(({ id }) => id));
      cursor = next ?? undefined;
      // Services repeat some on the next page.
      const fresh = gifs.filter(({ id }) => !known.has(id));
      // A page of nothing new is the last, whatever the service says.
      const complete = next === null || fresh.length === 0;
      view.set({ gifs: [...held, ...fresh], state: 'ready', complete });
    };
    const more = () => {
      if (isLoading || view.get().complete) return;
      isLoading = true;
      if (view.get().state !== 'loading') view.set({ ...view.get(), state: 'loading' });
      call('gifs.search', { query, locale, ...(cursor === undefined ? {} : { cursor }) })
        .then(taken, () => view.set({ ...view.get(), state: 'failed' }))
        .finally(() => {
          isLoading = false;
        });
    };
    return { get: view.get, subscribe: view.subscribe, more };
  }

  /** Has the node make one a file of mine, which is then sent as any other. */
  async take({ id: gif }: Gif): Promise<StoredFile> {
    const { call, clock } = this.#options;
    const file = this.#files.get(gif) ?? uuidv7(clock.now(), randomBytes(10));
    this.#files.set(gif, file);
    const { stored } = await call('gifs.take', { file, gif });
    this.#files.delete(gif);
    return stored;
  }

  clear(): void {
    this.#wanted = this.#service.watched;
    this.#files.clear();
    this.#service.set(undefined);
  }
}
