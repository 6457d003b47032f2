import type { ChatConfig, Target } from './config.ts';
import { button, make } from './dom.ts';
import type { WidgetModule } from './module.ts';
import type { Following } from './session/follow.ts';
import type { Share } from './session/shares.ts';
import { type Texts, textsFor } from './texts.ts';
import type { View } from './view/view.tsx';

export interface StageOptions {
  readonly shadow: ShadowRoot;
  load(): Promise<WidgetModule>;
  /** What is told of the session while the stage has one. */
  readonly following: Following;
  /** Called when the person opens a conversation, or with undefined the list. */
  onPlace(conversation: string | undefined): void;
}

type Shown = 'nothing' | 'waiting' | 'kit' | 'failed' | 'nobody';

/**
 * Where the kit is shown, in the launcher's panel or in an element: its connection, and what stands there while there
 * is no kit yet, or none to show. It is told what to do and may be told otherwise at any time; what was begun for an
 * earlier wish is dropped.
 */
export class Stage {
  readonly content: HTMLElement;
  readonly #options: StageOptions;
  readonly #waiting = make('div', 'waiting', make('i', ''), make('i', ''), make('i', ''), make('i', ''));
  readonly #notice = make('div', 'notice');
  readonly #kit = make('div', 'kit');
  #texts: Texts;
  #config: ChatConfig | undefined;
  #module: WidgetModule | undefined;
  #share: Share | undefined;
  #stop = () => {};
  #isShown = false;
  #view: View | undefined;
  #place: Target | undefined;

  constructor(options: StageOptions) {
    this.#options = options;
    this.#texts = textsFor(undefined);
    this.#waiting.setAttribute('role', 'status');
    this.#notice.setAttribute('role', 'alert');
    this.content = make('div', 'content', this.#waiting, this.#notice, this.#kit);
    this.#draw('nothing');
  }

  /** Connects, or goes on with another configuration. */
  async connect(config: ChatConfig): Promise<void> {
    if (this.#config === config && this.#share !== undefined) return;
    this.#config = config;
    this.#texts = textsFor(config.locale);
    try {
      this.#module = await this.#options.load();
    } catch {
      return this.#isShown ? this.#draw('failed') : undefined;
    }
    if (this.#config === config) this.#join(this.#module, config);
  }

  /** Shows the kit, which connects it too. */
  show(config: ChatConfig): void {
    this.#isShown = true;
    const isThere = this.#config === config && this.#share !== undefined;
    if (this.#view === undefined) this.#draw('waiting');
    void (isThere ? this.#open() : this.connect(config));
  }

  /** Loads the kit, as it is likely to be shown soon. */
  preload(): void {
    this.#module?.loadView().catch(() => {});
  }

  hide(): void {
    this.#isShown = false;
    this.#view?.end();
    this.#view = undefined;
    this.#draw('nothing');
  }

  /** Goes to a conversation in the list of all. */
  go(place: Target): void {
    this.#place = place;
    this.#view?.end();
    this.#view = undefined;
  }

  leave(): void {
    this.hide();
    this.#config = undefined;
    this.#stop();
    this.#stop = () => {};
    this.#share?.leave();
    this.#share = undefined;
  }

  async retry(): Promise<void> {
    await this.#share?.session.retry();
  }

  async signOut(): Promise<void> {
    await this.#share?.session.signOut();
  }

  #join(module: WidgetModule, config: ChatConfig): void {
    const before = this.#share;
    const share = module.join(config);
    this.#stop();
    before?.leave();
    this.#share = share;
    if (before !== undefined && before.session !== share.session) {
      this.#place = undefined;
      this.#view?.end();
      this.#view = undefined;
    }
    const { following } = this.#options;
    this.#stop = module.follow(share.session, config, {
      unread: following.unread,
      standing: (standing) => {
        following.standing(standing);
        if (this.#isShown) void this.#open();
      },
    });
  }

  async #open(): Promise<void> {
    const [module, share, config] = [this.#module, this.#share, this.#config];
    if (module === undefined || share === undefined || config === undefined) return;
    const { session } = share;
    if (session.standing.get() === 'nobody' && session.isHost) return this.#draw('nobody');
    if (this.#view === undefined) this.#draw('waiting');
    const loaded = await module.loadView().catch(() => undefined);
    if (!this.#isShown || share !== this.#share || config !== this.#config) return;
    if (loaded?.show === undefined) return this.#draw('failed');
    // Meanwhile it may have turned out that there is nobody to show it to.
    if (session.standing.get() === 'nobody' && session.isHost) return this.#draw('nobody');
    const { shadow, onPlace } = this.#options;
    const props = {
      session,
      config,
      place: this.#place,
      onPlace: (conversation: string | undefined) => {
        this.#place = conversation === undefined ? undefined : { conversation };
        onPlace(conversation);
      },
    };
    if (this.#view) this.#view.update(props);
    else this.#view = loaded.show({ shadow, into: this.#kit, props });
    this.#draw(session.standing.get() === 'waiting' ? 'waiting' : 'kit');
  }

  #draw(shown: Shown): void {
    const { t } = this.#texts;
    this.#waiting.hidden = shown !== 'waiting';
    this.#waiting.setAttribute('aria-label', t('app.loading'));
    this.#kit.hidden = shown !== 'kit';
    this.#notice.hidden = shown !== 'failed' && shown !== 'nobody';
    if (this.#notice.hidden) return;
    const again = button('again');
    again.textContent = t('widget.retry');
    again.onclick = () => this.#again(shown);
    const title = make('strong', '');
    title.textContent = t(shown === 'failed' ? 'widget.failed' : 'widget.nobody');
    const hint = make('p', '');
    hint.textContent = shown === 'nobody' ? t('widget.nobodyHint') : '';
    this.#notice.replaceChildren(title, hint, again);
  }

  #again(shown: Shown): void {
    const config = this.#config;
    if (config === undefined) return;
    this.#draw('waiting');
    if (shown === 'nobody') void this.retry();
    else if (this.#share === undefined) void this.connect(config);
    else void this.#open();
  }
}
