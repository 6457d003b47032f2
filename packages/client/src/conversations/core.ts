import type { Conversation, Member, Message, Output, Receipt, Self, User } from '@inlay-im/protocol';
import { visibleAfter } from '@inlay-im/protocol/rules';
import { type Clock, wait } from '../clock.ts';
import type { Call } from '../connection/link.ts';
import type { ConversationEvent } from '../events.ts';
import { ConnectionLost, isCode, mayRetry, retryAfter } from '../requests/errors.ts';
import {
  above,
  catchUp,
  EMPTY,
  extend,
  firstN,
  lastHeldN,
  type MessagePage,
  replay,
  trim,
  type Window,
  windowOf,
  without,
  withPlayed,
} from '../timeline/window.ts';
import { applyReceipt, mergeSelf, mergeSnapshot } from './merge.ts';
import { applyEvent, type ConversationState } from './state.ts';

/** A gap of more messages than this is not fetched; the newest page is loaded instead. */
const LARGE_GAP = 200;
/** Messages of one conversation held in memory. */
const HELD = 400;
const PAGE = 50;
const EVENTS_KEPT = 1000;

interface Early {
  readonly self: Self | undefined;
  readonly receipts: readonly Receipt[];
}

const NOTHING_EARLY: Early = { self: undefined, receipts: [] };

/**
 * What was learned of a conversation's messages: how some are now, which I deleted or played, that some changed and
 * nobody knows which, or that they are not mine to see.
 */
export type Heard =
  | { readonly messages: readonly Message[] }
  | { readonly deleted: readonly number[] }
  | { readonly played: readonly number[] }
  | 'missed'
  | 'gone';

/** What a conversation needs of the client. */
export interface Surroundings {
  readonly call: Call;
  readonly clock: Clock;
  me(): string;
  /** Whether a session is open. */
  up(): boolean;
  stored(conversation: string): Promise<Window | undefined>;
  changed(core: ConversationCore, what: { data: boolean; window: boolean }): void;
  /** The changed members that a fetch or event told of; undefined: some changed, nobody knows which; null: they are not mine to see. */
  members(conversation: string, members: readonly Member[] | undefined | null): void;
  heard(conversation: string, what: Heard): void;
  /** [L8] A message was recalled, which storage may hold in a window of its own. */
  recalled(message: Message): void;
  /** It is not, or no longer, mine to see. */
  gone(conversation: string): void;
}

/** One conversation: takes in events, notices what is missing, and fetches it, one fetch at a time. */
export class ConversationCore {
  readonly id: string;
  readonly #around: Surroundings;
  #state: ConversationState = { data: undefined, window: undefined };
  /** Events that came while something was fetched or missing; looked at again when it is there. */
  #buffer: ConversationEvent[] = [];
  /** What I lately deleted, as a page or event that was on its way may bring it once more. */
  #deleted: readonly number[] = [];
  /** What I lately played, as a page that was read before may not know it. */
  #played: readonly number[] = [];
  /** What was told of my side and of marks while the entry itself was on its way. */
  #early = NOTHING_EARLY;
  #fetching = 0;
  /** Counts resets, so that an answer to what was asked before one is not taken in after it. */
  #life = 0;
  #wanted = 0;
  #stalePreview = false;
  #repairing = false;
  #queue: Promise<unknown> = Promise.resolve();
  #keep: 'start' | 'end' = 'end';
  /** Whether someone looks at the messages. */
  opened = false;
  loading = false;

  constructor(id: string, around: Surroundings) {
    this.id = id;
    this.#around = around;
  }

  get data(): Conversation | undefined {
    return this.#state.data;
  }

  get window(): Window | undefined {
    return this.#state.window;
  }

  /** Restores what was stored. */
  restore(data: Conversation): void {
    // What an older version of the client stored has no mentions.
    this.#state = { ...this.#state, data: { ...data, mentions: data.mentions ?? [] } };
  }

  /** [L5] Applies the next change, ignores an old one, and fetches where something is missing. */
  event(event: ConversationEvent): void {
    const { state, data, window } = applyEvent(this.#state, event, this.#around.me());
    if (data === 'gap') this.#wanted = Math.max(this.#wanted, event.data.rev);
    this.#set(state);
    if (data === 'applied' || window === 'applied') this.#tell(event);
    if ('message' in event.data) this.#around.heard(this.id, { messages: [event.data.message] });
    if (event.event === 'message.changed' && event.data.message.body === null)
      this.#around.recalled(event.data.message);
    if (this.#fetching > 0 || this.#behind()) this.#buffer = [...this.#buffer, event].slice(-EVENTS_KEPT);
    void this.repair();
  }

  /** Fetches what is missing up to `rev`, at least. */
  async reach(rev: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, rev);
    await this.repair();
    await this.#queue;
  }

  /** Takes in a report of the whole entry. */
  snapshot(seen: Conversation): void {
    const before = this.data;
    this.#know(seen);
    if (before === undefined || (seen.rev > before.rev && !(this.opened && this.window))) this.#missed();
    // One that was left and is back is loaded anew, where someone looks at it.
    this.resume().catch(() => {});
  }

  self(self: Self): void {
    const { data } = this.#state;
    if (data === undefined) {
      this.#early = { ...this.#early, self: this.#early.self ? mergeSelf(this.#early.self, self) : self };
      return;
    }
    const merged = data.self === null ? self : mergeSelf(data.self, self);
    if (merged !== data.self) this.#set({ ...this.#state, data: withPreview({ ...data, self: merged }) });
  }

  receipt(receipt: Receipt): void {
    const { data } = this.#state;
    if (data !== undefined)
      this.#set({ ...this.#state, data: applyReceipt(data, receipt, this.#around.me()) });
    else this.#early = { ...this.#early, receipts: [...this.#early.receipts, receipt].slice(-EVENTS_KEPT) };
  }

  /** I deleted these messages for me. */
  deleted(numbers: readonly number[]): void {
    const { data, window } = this.#state;
    this.#deleted = [...this.#deleted, ...numbers].slice(-EVENTS_KEPT);
    if (data?.preview && numbers.includes(data.preview.n)) this.#stalePreview = true;
    this.#set({ data, window });
    this.#around.heard(this.id, { deleted: numbers });
    void this.repair();
  }

  /** I played these messages, on this device or another. */
  played(numbers: readonly number[]): void {
    this.#played = [...this.#played, ...numbers].slice(-EVENTS_KEPT);
    this.#set(this.#state);
    this.#around.heard(this.id, { played: numbers });
  }

  /** Someone in a direct conversation changed name or picture. */
  peer(user: User): void {
    const { data } = this.#state;
    if (data?.peer?.id === user.id) this.#set({ ...this.#state, data: { ...data, peer: user } });
  }

  /** Shows the messages: what is stored at once, then what the node has. */
  async open(): Promise<void> {
    this.opened = true;
    if (this.window === undefined) {
      const stored = await this.#around.stored(this.id).catch(() => undefined);
      if (stored !== undefined && this.window === undefined) this.#set({ ...this.#state, window: stored });
    }
    await this.resume();
  }

  /** After a session opened: looks again whether something is missing. */
  async resume(): Promise<void> {
    if (!this.#around.up()) return;
    if (this.opened && this.window === undefined) await this.#serial(() => this.#load());
    else await this.repair();
  }

  close(): void {
    this.opened = false;
    this.#keep = 'end';
    const { window } = this.#state;
    if (window?.hasAfter) this.#set({ ...this.#state, window: undefined });
  }

  /** Forgets everything: it is of another epoch, or not mine to see any more. */
  reset(): void {
    this.#life += 1;
    this.#wanted = 0;
    this.#stalePreview = false;
    this.#buffer = [];
    this.#deleted = [];
    this.#played = [];
    this.#early = NOTHING_EARLY;
    this.#set({ data: undefined, window: undefined });
  }

  /** Lets go of the messages; they come back from storage or the node. */
  unload(): void {
    if (!this.opened) this.#state = { ...this.#state, window: undefined };
  }

  loadBefore(limit = PAGE): Promise<void> {
    this.#keep = 'start';
    return this.#serial(async () => {
      const { window } = this;
      if (window?.hasBefore) await this.#extend('before', { before: firstN(window), limit });
    });
  }

  loadAfter(limit = PAGE): Promise<void> {
    this.#keep = 'end';
    return this.#serial(async () => {
      const { window } = this;
      if (window?.hasAfter) await this.#extend('after', { after: lastHeldN(window), limit });
    });
  }

  /** Loads the messages around `n`, or without it the newest, unless they are held already. */
  jumpTo(n?: number): Promise<void> {
    this.opened = true;
    this.#keep = 'end';
    return this.#serial(async () => {
      const { window } = this;
      if (n === undefined) return window === undefined || window.hasAfter ? this.#newest() : undefined;
      if (window === undefined || n < firstN(window) || n > lastHeldN(window))
        await this.#newest({ around: n });
    });
  }

  /** Fetches what is missing; one at a time, and again until nothing is. */
  async repair(): Promise<void> {
    if (this.#repairing || !this.#behind() || !this.#around.up()) return;
    this.#repairing = true;
    await this.#serial(() => this.#repairAll());
  }

  #behind(): boolean {
    const { data, window } = this.#state;
    return (data?.rev ?? 0) < this.#wanted || this.#stalePreview || this.#windowBehind(data, window);
  }

  #windowBehind(data: Conversation | undefined, window: Window | undefined): boolean {
    return this.opened && window !== undefined && data !== undefined && window.rev < data.rev;
  }

  async #repairAll(): Promise<void> {
    try {
      let tries: number | undefined = 0;
      while (tries !== undefined && this.#behind() && this.#around.up())
        tries = await this.#repairOnce(tries);
    } finally {
      // With the last look at what is missing, so that nothing is told of in between.
      this.#repairing = false;
    }
  }

  /** Gives how often it was tried in vain by now; undefined where trying again is of no use. */
  async #repairOnce(tries: number): Promise<number | undefined> {
    try {
      await (this.opened && this.window !== undefined && !this.#stalePreview ? this.#catchUp() : this.#get());
      return 0;
    } catch (error) {
      if (isCode(error, 'not_found') || isCode(error, 'forbidden')) this.#around.gone(this.id);
      else if (!(error instanceof ConnectionLost) && mayRetry(error)) {
        await this.#pause(error, tries);
        return tries + 1;
      }
      return undefined;
    }
  }

  async #get(): Promise<void> {
    const asked = this.#wanted;
    await this.#fetch(
      () => this.#around.call('conversations.get', { conversation: this.id }),
      ({ conversation }) => {
        this.#stalePreview = false;
        this.#settle(conversation, asked);
        this.#missed();
      },
    );
  }

  async #catchUp(): Promise<void> {
    const from = this.window ?? EMPTY;
    const asked = this.#wanted;
    const pages: Output<'conversations.changes'>[] = [];
    await this.#fetch(
      () => this.#changes(from, pages),
      (complete) => {
        if (!complete || this.window === undefined) return;
        const conversation = (pages.at(-1) as Output<'conversations.changes'>).conversation;
        const all = {
          conversation,
          messages: pages.flatMap((p) => p.messages),
          mine: pages.flatMap((p) => p.mine),
        };
        this.#set({ ...this.#state, window: catchUp(this.window, all) });
        this.#around.heard(this.id, { messages: all.messages });
        for (const message of all.messages) if (message.body === null) this.#around.recalled(message);
        this.#settle(conversation, asked);
        const members = pages.map((p) => p.members);
        if (members.includes(null)) this.#around.members(this.id, undefined);
        else if (members.some((some) => some?.length))
          this.#around.members(
            this.id,
            members.flatMap((some) => some ?? []),
          );
      },
    );
    if ((pages.at(-1)?.next ?? null) === null) return;
    this.#missed();
    await this.#newest();
  }

  /** Whether all pages were fetched; a large gap is left after the first. */
  async #changes(from: Window, pages: Output<'conversations.changes'>[]): Promise<boolean> {
    let at: { rev: number; n: number } | null = { rev: from.rev, n: from.lastN };
    while (at !== null) {
      const page: Output<'conversations.changes'> = await this.#around.call('conversations.changes', {
        conversation: this.id,
        rev: at.rev,
        n: at.n,
        limit: 200,
      });
      pages.push(page);
      at = page.next;
      if (page.conversation.lastN - from.lastN > LARGE_GAP || pages.length > 4) return at === null;
    }
    return true;
  }

  /** Loads what is looked at; what the node has no time for is asked again. */
  async #load(): Promise<void> {
    for (let tries = 0; this.opened && this.window === undefined && this.#around.up(); tries += 1) {
      try {
        await this.#newest();
      } catch (error) {
        if (error instanceof ConnectionLost || !mayRetry(error)) throw error;
        await this.#pause(error, tries);
      }
    }
  }

  #pause(error: unknown, tries: number): Promise<void> {
    return wait(this.#around.clock, retryAfter(error, Math.min(30_000, 1000 * 2 ** tries)));
  }

  async #newest(where: { around?: number } = {}): Promise<void> {
    try {
      await this.#page(where, (page) => windowOf(page));
    } catch (error) {
      if (!isCode(error, 'not_found')) throw error;
      this.#set({ ...this.#state, window: EMPTY });
    }
  }

  #extend(
    side: 'before' | 'after',
    where: { before?: number; after?: number; limit: number },
  ): Promise<void> {
    return this.#page(where, (page) => extend(this.window ?? EMPTY, page, side));
  }

  /** Loads a page; events that overtook it are applied to what it brought. */
  async #page(where: object, use: (page: MessagePage) => Window): Promise<void> {
    this.loading = true;
    this.#around.changed(this, { data: false, window: false });
    try {
      await this.#fetch(
        () => this.#around.call('messages.list', { conversation: this.id, limit: PAGE, ...where }),
        (page) => {
          const later = this.#buffer.filter((event) => event.data.rev > page.rev);
          const window = use(page);
          const stands = window.rev === page.rev ? window : replay(window, later, this.#around.me());
          this.#set({ ...this.#state, window: stands });
        },
      );
    } finally {
      this.loading = false;
      this.#around.changed(this, { data: false, window: false });
    }
  }

  /** Brackets a fetch, so that what comes meanwhile is looked at again after its answer was taken in. */
  async #fetch<T>(run: () => Promise<T>, take: (reply: T) => void): Promise<void> {
    this.#fetching += 1;
    const life = this.#life;
    try {
      const reply = await run();
      if (life !== this.#life) return;
      take(reply);
      this.#reexamine();
    } finally {
      this.#fetching -= 1;
      if (this.#fetching === 0 && !this.#behind()) this.#buffer = [];
    }
  }

  #reexamine(): void {
    let state = this.#state;
    const me = this.#around.me();
    const applied: ConversationEvent[] = [];
    for (const event of this.#buffer.toSorted((a, b) => a.data.rev - b.data.rev)) {
      const after = applyEvent(state, event, me);
      state = after.state;
      if (after.data === 'applied' || after.window === 'applied') applied.push(event);
    }
    this.#set(state);
    for (const event of applied) this.#tell(event);
  }

  /** Something changed, and nobody knows what. */
  #missed(): void {
    this.#around.members(this.id, undefined);
    this.#around.heard(this.id, 'missed');
  }

  /**
   * Members change with the entry or with the messages: a report may have raised the one and left them to the other.
   */
  #tell(event: ConversationEvent): void {
    if (event.event === 'member.changed') this.#around.members(this.id, event.data.members ?? undefined);
  }

  /** The entry as a fetch gave it. What was wanted when it was asked for and is not there will not come. */
  #settle(conversation: Conversation, asked: number): void {
    if (this.#wanted === asked) this.#wanted = Math.min(asked, conversation.rev);
    this.#know(conversation);
  }

  /** Takes in a report of the entry; the first one may be older than what was told before it came. */
  #know(seen: Conversation): void {
    const { self, receipts } = this.#early;
    this.#early = NOTHING_EARLY;
    const merged = mergeSnapshot(this.data, seen);
    const mine = self && merged.self ? { ...merged, self: mergeSelf(merged.self, self) } : merged;
    const data = receipts.reduce((so, receipt) => applyReceipt(so, receipt, this.#around.me()), mine);
    this.#set({ ...this.#state, data: withPreview(data) });
  }

  #serial<T>(run: () => T | Promise<T>): Promise<void> {
    const done = this.#queue.then(async () => {
      await run();
    });
    this.#queue = done.catch(() => {});
    return done;
  }

  #set(state: ConversationState): void {
    const seen = state.window && above(state.window, state.data?.self?.clearedN ?? 0);
    const held = seen && trim(without(seen, this.#deleted), HELD, this.#keep);
    const window = held && withPlayed(held, this.#played);
    const data = state.data && withoutMentions(state.data, this.#deleted);
    const what = { data: data !== this.#state.data, window: window !== this.#state.window };
    this.#state = { data, window };
    if (what.data || what.window) this.#around.changed(this, what);
  }
}

/** A preview that I cleared, or that lies before I joined, is none. */
function withPreview(data: Conversation): Conversation {
  const { preview, self } = data;
  if (preview === null || self === null || preview.n > visibleAfter(data.history, self)) return data;
  return { ...data, preview: null };
}

/** What I deleted mentions me no longer. */
function withoutMentions(data: Conversation, deleted: readonly number[]): Conversation {
  if (!data.mentions.some((n) => deleted.includes(n))) return data;
  return { ...data, mentions: data.mentions.filter((n) => !deleted.includes(n)) };
}
