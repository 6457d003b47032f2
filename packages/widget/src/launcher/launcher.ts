import { keyOf, type LauncherConfig, type Target } from '../config.ts';
import { type WidgetModule, whenIdle } from '../module.ts';
import { Stage } from '../stage.ts';
import { adopt } from '../styles.ts';
import { textsFor } from '../texts.ts';
import { type Elements, label, makeElements } from './elements.ts';
import { followScreen } from './full-screen.ts';
import css from './launcher.css' with { type: 'text' };

/** What a page can listen to. */
export interface LauncherEvents {
  /** What is unread changed. */
  unread(count: number): void;
  open(): void;
  close(): void;
}

export interface LauncherOptions {
  readonly config: LauncherConfig;
  load(): Promise<WidgetModule>;
  readonly tell: LauncherEvents;
}

/**
 * The round button in a corner of the page and the panel that it opens.
 *
 * It stands beside the page's body rather than in it, as what renders a page may replace its body, and in the top
 * layer, above whatever the page stacks and out of reach of its transforms and overflows.
 */
export class Launcher {
  readonly #host = document.createElement('inlay-launcher');
  readonly #elements: Elements;
  readonly #stage: Stage;
  readonly #options: LauncherOptions;
  #config: LauncherConfig;
  #unread = 0;
  #isOpen = false;
  #isFull = false;
  #isNobody = false;
  #callOff = () => {};
  #stopScreen = () => {};

  constructor(options: LauncherOptions) {
    this.#options = options;
    this.#config = options.config;
    const shadow = this.#host.attachShadow({ mode: 'open' });
    adopt(shadow, css);
    this.#stage = new Stage({
      shadow,
      load: options.load,
      onPlace: () => {},
      following: {
        unread: (count) => this.#count(count),
        standing: (standing) => this.#stand(standing === 'nobody'),
      },
    });
    this.#elements = makeElements(this.#stage.content);
    shadow.append(this.#elements.root);
    this.#listen();
    this.#host.popover = 'manual';
    this.#apply();
    if (options.config.open) this.open();
    else this.#callOff = whenIdle(() => void this.#stage.connect(this.#config));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get unread(): number {
    return this.#unread;
  }

  /** Opens the panel, at someone or at a conversation if one is named. */
  open(target?: Target): void {
    if (target !== undefined) this.#go(target);
    if (this.#isOpen) return;
    this.#callOff();
    this.#isOpen = true;
    this.#apply();
    this.#stopScreen = followScreen(this.#elements.panel, (full) => this.#present(full));
    this.#stage.show(this.#config);
    this.#options.tell.open();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { panel, launcher } = this.#elements;
    const hadFocus = panel.matches(':focus-within');
    this.#stopScreen();
    panel.close();
    this.#stage.hide();
    this.#apply();
    if (hadFocus) launcher.focus();
    this.#options.tell.close();
  }

  /** Goes on with other settings; whoever was signed in stays so where these are of the same connection. */
  configure(config: LauncherConfig): void {
    const isSame = keyOf(config) === keyOf(this.#config) && config.getToken === this.#config.getToken;
    this.#config = config;
    this.#apply();
    if (this.#isOpen) this.#stage.show(config);
    else void this.#stage.connect(config);
    if (isSame && this.#isNobody) void this.#stage.retry();
  }

  signOut(): Promise<void> {
    this.close();
    return this.#stage.signOut();
  }

  /** Takes it off the page. */
  end(): void {
    this.#callOff();
    this.close();
    this.#stage.leave();
    this.#host.remove();
  }

  #listen(): void {
    const { launcher, close, panel } = this.#elements;
    launcher.onclick = () => (this.#isOpen ? this.close() : this.open());
    close.onclick = () => this.close();
    for (const soon of ['pointerenter', 'focus']) launcher.addEventListener(soon, () => this.#soon());
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    });
    // A modal dialog that the browser closes, as the back gesture of a phone does. `close` comes a frame later, when
    // the page may have opened it again.
    panel.addEventListener('cancel', (event) => {
      if (event.target === panel) this.close();
    });
    panel.addEventListener('close', (event) => {
      if (event.target === panel && !panel.open) this.close();
    });
  }

  /** A launcher to one conversation is given another one; among all of them it is merely gone to. */
  #go({ to, conversation }: Target): void {
    const { to: _to, conversation: _conversation, ...rest } = this.#config;
    const target = to !== undefined ? { to } : conversation !== undefined ? { conversation } : {};
    if (_to !== undefined || _conversation !== undefined) return this.configure({ ...rest, ...target });
    this.#stage.go(target);
    if (this.#isOpen) this.#stage.show(this.#config);
  }

  #soon(): void {
    this.#callOff();
    const connecting = this.#stage.connect(this.#config);
    connecting.then(() => this.#stage.preload()).catch(() => {});
  }

  /** On the whole screen the panel is all there is for now, so that it is modal; beside a page it is not. */
  #present(full: boolean): void {
    const { panel } = this.#elements;
    if (panel.open && full === this.#isFull) return;
    this.#isFull = full;
    this.#host.toggleAttribute('data-full', full);
    if (panel.open) panel.close();
    if (full) panel.showModal();
    else panel.show();
    // The whole of it, rather than the first button in it.
    panel.focus();
  }

  #count(count: number): void {
    if (count === this.#unread) return;
    this.#unread = count;
    this.#apply();
    this.#options.tell.unread(count);
  }

  /** Where the page's backend says that nobody is signed in, there is nobody to talk. */
  #stand(isNobody: boolean): void {
    this.#isNobody = isNobody;
    this.#apply();
  }

  #apply(): void {
    const { position, theme = 'system', locale, tokenUrl, getToken } = this.#config;
    const isHost = tokenUrl !== undefined || getToken !== undefined;
    label(this.#elements, textsFor(locale), this.#unread, this.#isOpen);
    this.#host.dataset.position = position;
    this.#host.dataset.theme = theme;
    this.#host.toggleAttribute('data-open', this.#isOpen);
    this.#host.hidden = this.#isNobody && isHost && !this.#isOpen;
    if (!this.#host.isConnected) document.documentElement.append(this.#host);
    if (!this.#host.matches(':popover-open')) this.#host.showPopover();
  }
}
