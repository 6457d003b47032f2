import { ATTRIBUTES, type LauncherConfig, readChat } from '../config.ts';
import { make } from '../dom.ts';
import type { WidgetModule } from '../module.ts';
import { Stage } from '../stage.ts';
import { adopt } from '../styles.ts';
import css from './chat.css' with { type: 'text' };

export interface ChatSurroundings {
  /** What the page's tag says. */
  tag(): LauncherConfig;
  load(): Promise<WidgetModule>;
}

/** `<inlay-chat>`. */
export interface InlayChat extends HTMLElement {
  /** Gives a token of the page's backend, for whatever the attribute `token-url` cannot say. */
  getToken: (() => Promise<string>) | undefined;
  /** What is unread in it. */
  readonly unread: number;
}

/** Makes the class of `<inlay-chat>`: the messenger, or one conversation, where it stands in the page. */
export function chatElement({ tag, load }: ChatSurroundings): CustomElementConstructor {
  return class extends HTMLElement implements InlayChat {
    static readonly observedAttributes = ATTRIBUTES;
    readonly #stage: Stage;
    #getToken: (() => Promise<string>) | undefined;
    #unread = 0;
    #isDue = false;

    constructor() {
      super();
      const shadow = this.attachShadow({ mode: 'open' });
      adopt(shadow, css);
      const tell = (name: string, detail: unknown) =>
        this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
      this.#stage = new Stage({
        shadow,
        load,
        onPlace: (conversation) => conversation !== undefined && tell('inlay-open', { conversation }),
        following: {
          unread: (unread) => {
            if (unread === this.#unread) return;
            this.#unread = unread;
            tell('inlay-unread', { unread });
          },
          standing: () => {},
        },
      });
      shadow.append(make('div', 'root', this.#stage.content));
    }

    get unread(): number {
      return this.#unread;
    }

    get getToken(): (() => Promise<string>) | undefined {
      return this.#getToken;
    }

    set getToken(getToken: (() => Promise<string>) | undefined) {
      this.#getToken = getToken;
      this.#soon();
    }

    connectedCallback(): void {
      // A property that was set before this class was known hides the accessor of that name.
      if (Object.hasOwn(this, 'getToken')) {
        const { getToken } = this;
        Reflect.deleteProperty(this, 'getToken');
        this.getToken = getToken;
      }
      this.#soon();
    }

    disconnectedCallback(): void {
      this.#soon();
    }

    /** It stays what it was where `moveBefore` moves it; there is nothing to do, and that is why this is here. */
    connectedMoveCallback(): void {}

    attributeChangedCallback(): void {
      this.#soon();
    }

    /** Several changes, and being moved, are one change. */
    #soon(): void {
      if (this.#isDue) return;
      this.#isDue = true;
      queueMicrotask(() => {
        this.#isDue = false;
        if (!this.isConnected) return this.#stage.leave();
        const get = (name: string) => this.getAttribute(name);
        const { baseURI } = this.ownerDocument;
        const config = readChat({ get, base: baseURI, tag: tag(), getToken: this.#getToken });
        const root = this.shadowRoot?.firstElementChild as HTMLElement;
        root.dataset.theme = config.theme ?? 'system';
        this.#stage.show(config);
      });
    }
  };
}
