import type { Message, Output, SharedKind } from '@inlay-im/protocol';
import { type Clock, wait } from '../clock.ts';
import type { Call } from '../connection/link.ts';
import type { Heard } from '../conversations/core.ts';
import { ConnectionLost, mayRetry, retryAfter } from '../requests/errors.ts';
import { Computed, type Store } from '../store.ts';
import { rowOf, type TimelineMessage } from '../timeline/timeline.ts';

const PAGE = 50;
/** Milliseconds before a page that could not be loaded is asked for again. */
const AGAIN = 2000;

/** Messages that carry one kind of thing, newest first. `complete`: there are no older ones. */
export interface SharedView {
  readonly items: readonly TimelineMessage[];
  readonly complete: boolean;
  readonly loading: boolean;
}

export interface SharedOptions {
  readonly conversation: string;
  readonly kind: SharedKind;
  readonly call: Call;
  readonly clock: Clock;
  /** The number up to which nothing is shown: what I cleared, or what lies before me. */
  hiddenUpTo(): number;
}

/** Whether a message is on such a page, as the node has it. */
function carries({ body }: Message, kind: SharedKind): boolean {
  if (body === null) return false;
  if (kind === 'link') return 'text' in body && /https?:\/\//.test(body.text ?? '');
  if (body.kind !== 'media') return false;
  return body.items.some((item) =>
    kind === 'media' ? item.kind === 'image' || item.kind === 'video' : item.kind === kind,
  );
}

/** What is mine about the messages that are held. */
interface Own {
  readonly emojis: readonly string[];
  readonly played: boolean;
}

const NOTHING: Own = { emojis: [], played: false };

/**
 * What was shared in one conversation, loaded while someone listens, kept in step with what is sent, changed, recalled
 * and deleted, and loaded anew when something was missed.
 */
export class Shared implements Store<SharedView> {
  readonly #options: SharedOptions;
  readonly #view: Computed<SharedView>;
  readonly get: () => SharedView;
  readonly subscribe: (listener: () => void) => () => void;
  #messages = new Map<number, Message>();
  readonly #mine = new Map<number, Own>();
  readonly #rows = new Map<number, { inputs: readonly unknown[]; row: TimelineMessage }>();
  /** What I deleted, which a page that is on its way may bring once more. */
  readonly #deleted = new Set<number>();
  #loaded = false;
  /** The lowest number of the pages that are loaded. */
  #oldest = Number.POSITIVE_INFINITY;
  #complete = false;
  #loading = false;
  /** Counts what began anew, so that a page of before is not taken in after it. */
  #turn = 0;
  /** What was heard while a page was on its way. */
  #meanwhile: Message[] = [];

  constructor(options: SharedOptions) {
    this.#options = options;
    this.#view = new Computed(() => this.#compute(), { first: () => this.#reload() });
    this.get = this.#view.get;
    this.subscribe = this.#view.subscribe;
  }

  /** A session opened: what someone looks at and could not be loaded is loaded now. */
  resume(): void {
    if (this.#view.watched && !this.#loading) this.#reload();
  }

  /** Takes in what was told of the conversation. */
  heard(what: Heard): void {
    if (what === 'missed') this.#stale();
    else if (what === 'gone') this.#forget();
    else if ('messages' in what) this.#changed(what.messages);
    else if ('deleted' in what) this.#gone(what.deleted);
    else this.#playedNow(what.played);
    this.touch();
  }

  touch(): void {
    this.#view.touch();
  }

  /** What someone looks at is loaded anew, what nobody does when they do. */
  #stale(): void {
    this.#turn += 1;
    this.#loaded = false;
    this.#loading = false;
    if (this.#view.watched) this.#reload();
  }

  #forget(): void {
    this.#messages.clear();
    this.#mine.clear();
    this.#rows.clear();
    this.#complete = false;
    this.#stale();
  }

  /** Loads a further page. */
  async more(): Promise<void> {
    if (this.#loading || (this.#loaded && this.#complete)) return;
    const turn = this.#turn;
    this.#loading = true;
    this.#meanwhile = [];
    this.touch();
    try {
      const { conversation, kind, call } = this.#options;
      const before = this.#loaded ? { before: this.#oldest } : {};
      const page = await call('messages.shared', { conversation, kind, limit: PAGE, ...before });
      if (turn === this.#turn) this.#take(page);
    } finally {
      if (turn === this.#turn) {
        this.#loading = false;
        this.touch();
      }
    }
  }

  #changed(messages: readonly Message[]): void {
    if (this.#loading) this.#meanwhile.push(...messages);
    if (this.#loaded) for (const message of messages) this.#put(message);
  }

  #gone(numbers: readonly number[]): void {
    for (const n of numbers) {
      this.#deleted.add(n);
      this.#messages.delete(n);
    }
  }

  #playedNow(numbers: readonly number[]): void {
    for (const n of numbers) this.#mine.set(n, { ...(this.#mine.get(n) ?? NOTHING), played: true });
  }

  #take({ messages, mine, hasBefore }: Output<'messages.shared'>): void {
    if (!this.#loaded) {
      this.#messages = new Map();
      this.#oldest = Number.POSITIVE_INFINITY;
    }
    this.#loaded = true;
    this.#oldest = Math.min(this.#oldest, ...messages.map(({ n }) => n));
    this.#complete = !hasBefore || messages.length === 0;
    for (const { n, emojis, played } of mine)
      this.#mine.set(n, { emojis, played: played || (this.#mine.get(n)?.played ?? false) });
    for (const message of messages) this.#messages.set(message.n, message);
    for (const message of this.#meanwhile) this.#put(message);
    for (const n of this.#deleted) this.#messages.delete(n);
  }

  /** Of two reports of one message the newer one stands; what lies before the pages that are loaded comes with its own. */
  #put(message: Message): void {
    const { n } = message;
    const held = this.#messages.get(n);
    if (held !== undefined && held.rev > message.rev) return;
    if (!carries(message, this.#options.kind) || this.#deleted.has(n)) this.#messages.delete(n);
    else if (this.#complete || n > this.#oldest) this.#messages.set(n, message);
  }

  #reload(): void {
    if (this.#loaded) return;
    this.more().catch((error) => {
      // A connection that ended comes back with `resume`.
      if (error instanceof ConnectionLost || !mayRetry(error)) return;
      const again = () => this.#view.watched && this.#reload();
      void wait(this.#options.clock, retryAfter(error, AGAIN)).then(again);
    });
  }

  #compute(): SharedView {
    const after = this.#options.hiddenUpTo();
    const items = [...this.#messages.values()]
      .filter(({ n }) => n > after)
      .sort((a, b) => b.n - a.n)
      .map((message) => this.#row(message));
    return { items, complete: this.#loaded && this.#complete, loading: this.#loading };
  }

  #row(message: Message): TimelineMessage {
    const { n } = message;
    const mine = this.#mine.get(n) ?? NOTHING;
    const held = this.#rows.get(n);
    if (held?.inputs[0] === message && held.inputs[1] === mine) return held.row;
    const row = rowOf({ message, mine: mine.emojis, played: mine.played });
    this.#rows.set(n, { inputs: [message, mine], row });
    return row;
  }
}
