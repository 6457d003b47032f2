import { chatElement } from './chat/chat-element.ts';
import type { LauncherConfig, Target } from './config.ts';
import { Launcher, type LauncherEvents } from './launcher/launcher.ts';
import { moduleOf } from './module.ts';

/** `window.Inlay`: what a page may do with its launcher. It is there once the script has run. */
export interface InlayApi {
  /** Opens the panel, at someone or at a conversation if one is named. */
  open(target?: Target): void;
  close(): void;
  toggle(): void;
  /** What is unread. */
  readonly unread: number;
  readonly isOpen: boolean;
  /** Calls back on `unread`, with the count, on `open` and on `close`; returns what stops it. */
  on<E extends keyof LauncherEvents>(event: E, listener: LauncherEvents[E]): () => void;
  /** Changes what the tag said, by the names of its attributes in camel case; asks anew who is signed in. */
  configure(change: Partial<LauncherConfig>): void;
  /** Forgets the person on this device. To be called when they sign out of the page. */
  signOut(): Promise<void>;
}

class Listeners {
  readonly #all = new Map<string, Set<(count: number) => void>>();

  on(event: string, listener: (count: number) => void): () => void {
    const own = (count: number) => listener(count);
    const held = this.#all.get(event) ?? new Set();
    this.#all.set(event, held.add(own));
    return () => void held.delete(own);
  }

  tell(event: string, count = 0): void {
    for (const listener of [...(this.#all.get(event) ?? [])]) listener(count);
  }
}

/** Puts `Inlay` and `<inlay-chat>` into the page, and the launcher if the tag wants one. */
export function createInlay(first: LauncherConfig, src: string): void {
  const load = moduleOf(src);
  const listeners = new Listeners();
  let config = first;
  let launcher: Launcher | undefined;
  const tell = {
    unread: (count: number) => listeners.tell('unread', count),
    open: () => listeners.tell('open'),
    close: () => listeners.tell('close'),
  };
  const settle = () => {
    if (!config.launcher) {
      launcher?.end();
      launcher = undefined;
    } else if (launcher) launcher.configure(config);
    else launcher = new Launcher({ config, load, tell });
  };
  const inlay: InlayApi = {
    open: (target) => launcher?.open(target),
    close: () => launcher?.close(),
    toggle: () => (launcher?.isOpen ? launcher.close() : launcher?.open()),
    get unread() {
      return launcher?.unread ?? 0;
    },
    get isOpen() {
      return launcher?.isOpen ?? false;
    },
    on: (event, listener) => listeners.on(event, listener),
    configure: (change) => {
      config = { ...config, ...change };
      settle();
    },
    signOut: async () => await launcher?.signOut(),
  };
  Object.defineProperty(globalThis, 'Inlay', { value: inlay, configurable: true });
  if (!customElements.get('inlay-chat'))
    customElements.define('inlay-chat', chatElement({ tag: () => config, load }));
  settle();
}
