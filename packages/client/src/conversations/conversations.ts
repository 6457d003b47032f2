import type { Conversation, Message, Receipt, Self, SyncPage, User } from '@inlay-im/protocol';
import { directId, unreadCount } from '@inlay-im/protocol/rules';
import { type ConversationEvent, conversationOf, type MyEvent } from '../events.ts';
import { Computed } from '../store.ts';
import { ConversationCore, type Surroundings } from './core.ts';
import { type ConversationList, type ConversationView, listOf, viewOf } from './list.ts';
import { mergeMarks } from './merge.ts';

/** Conversations whose messages stay in memory after nobody looks at them any more. */
const WINDOWS_LOADED = 20;

/** What the conversations need beside what each of them needs. */
export interface ConversationsOptions extends Omit<Surroundings, 'changed' | 'gone' | 'recalled'> {
  readonly saved: {
    conversation(data: Conversation): void;
    window(id: string, window: NonNullable<ConversationCore['window']>): void;
    gone(id: string): void;
    deleted(id: string, numbers: readonly number[]): Promise<void>;
    played(id: string, numbers: readonly number[]): Promise<void>;
    recalled(message: Message): Promise<void>;
  };
  /** Whether this client is the one that keeps the list in storage and acknowledges messages. */
  leads(): boolean;
  /** My marks that the node was not told yet. */
  marks(id: string): { readN: number; deliveredN: number } | undefined;
  deliver(id: string, n: number): void;
  people(users: readonly User[]): void;
  /** A conversation, its messages or what is shown over it changed. */
  touched(id: string): void;
}

interface Shown {
  readonly inputs: readonly unknown[];
  readonly view: ConversationView;
}

/** Whether what is loaded is what storage keeps; else storage has a window of its own, or none. */
const reachesEnd = ({ window }: ConversationCore): boolean => window !== undefined && !window.hasAfter;

/** All conversations that are known, and the list of those that I am in. */
export class Conversations {
  readonly list: Computed<ConversationList>;
  readonly #options: ConversationsOptions;
  readonly #cores = new Map<string, ConversationCore>();
  readonly #shown = new Map<string, Shown>();
  readonly #patches = new Map<string, readonly Partial<Self>[]>();
  readonly #delivered = new Map<string, number>();

  constructor(options: ConversationsOptions) {
    this.#options = options;
    this.list = new Computed(() => listOf(this.#views(), options.clock.now()));
  }

  core(id: string): ConversationCore {
    const held = this.#cores.get(id);
    if (held) return held;
    const core = new ConversationCore(id, {
      ...this.#options,
      changed: (one, what) => this.#changed(one, what),
      gone: (gone) => this.remove(gone),
      recalled: (message) => this.#recalled(message),
    });
    this.#cores.set(id, core);
    return core;
  }

  /** A conversation as it is shown: my changes that are on their way lie over it. */
  view(id: string): ConversationView | undefined {
    const data = this.#cores.get(id)?.data;
    if (data === undefined) return undefined;
    const marks = this.#options.marks(id);
    const patches = this.#patches.get(id);
    const held = this.#shown.get(id);
    if (held && held.inputs[0] === data && held.inputs[1] === marks && held.inputs[2] === patches)
      return held.view;
    const view = viewOf(
      data.self === null ? data : { ...data, self: this.#patched(data.self, patches, marks) },
    );
    this.#shown.set(id, { inputs: [data, marks, patches], view });
    return view;
  }

  /** Shows a change of my side before the node confirmed it; returns what takes it away. */
  patch(id: string, patch: Partial<Self>): () => void {
    this.#patches.set(id, [...(this.#patches.get(id) ?? []), patch]);
    this.touch(id);
    return () => {
      const left = (this.#patches.get(id) ?? []).filter((other) => other !== patch);
      if (left.length > 0) this.#patches.set(id, left);
      else this.#patches.delete(id);
      this.touch(id);
    };
  }

  restore(all: readonly Conversation[]): void {
    for (const data of all) this.core(data.id).restore(data);
    this.list.touch();
  }

  page(page: SyncPage): void {
    for (const conversation of page.conversations) this.snapshot(conversation);
    for (const id of page.left) this.remove(id);
    for (const { conversation, numbers } of page.deleted) this.#deleted(conversation, numbers);
    for (const { conversation, numbers } of page.played) this.#played(conversation, numbers);
  }

  snapshot(conversation: Conversation): void {
    if (conversation.peer) this.#options.people([conversation.peer]);
    this.core(conversation.id).snapshot(conversation);
  }

  event(event: ConversationEvent): void {
    this.core(conversationOf(event)).event(event);
  }

  mine(event: Exclude<MyEvent, { event: 'me.changed' | 'stickers.changed' }>): void {
    switch (event.event) {
      case 'self.changed':
        return this.self(event.data.conversation, event.data.self);
      case 'conversation.joined':
        return this.snapshot(event.data.conversation);
      case 'conversation.left':
        return this.remove(event.data.conversation);
      case 'message.deleted':
        return this.#deleted(event.data.conversation, event.data.numbers);
      case 'message.played':
        return this.#played(event.data.conversation, event.data.numbers);
    }
  }

  self(id: string, self: Self): void {
    this.core(id).self(self);
  }

  receipt(id: string, receipt: Receipt): void {
    this.core(id).receipt(receipt);
  }

  /** My own message, which the node acknowledged: it is as new as any that an event brings. */
  acknowledged(message: Message): void {
    const { conversation, rev } = message;
    this.event({ event: 'message.new', data: { conversation, rev, message } });
  }

  /** Someone whose presence I follow changed. */
  person(user: User): void {
    this.#cores.get(directId(this.#options.me(), user.id))?.peer(user);
  }

  /** A session opened and is in step: conversations that someone looks at catch up. */
  resume(): void {
    this.#delivered.clear();
    for (const core of this.#cores.values()) {
      this.#deliver(core.data);
      core.resume().catch(() => {});
    }
  }

  /** Forgets a conversation; one that someone looks at stays as an empty one. */
  remove(id: string): void {
    const core = this.#cores.get(id);
    this.#cores.delete(id);
    this.#shown.delete(id);
    if (core) core.reset();
    if (core?.opened) this.#cores.set(id, core);
    this.#options.members(id, null);
    this.#options.heard(id, 'gone');
    this.#options.saved.gone(id);
    this.touch(id);
  }

  /** Forgets all, for another epoch or person. */
  wipe(): void {
    for (const id of [...this.#cores.keys()]) {
      const core = this.#cores.get(id) as ConversationCore;
      core.reset();
      if (!core.opened) this.#cores.delete(id);
      this.#options.members(id, null);
      this.#options.heard(id, 'gone');
      this.#shown.delete(id);
      this.touch(id);
    }
  }

  touch(id: string): void {
    this.list.touch();
    this.#options.touched(id);
  }

  #changed(core: ConversationCore, what: { data: boolean; window: boolean }): void {
    const { data, window } = core;
    if (what.data) {
      if (data && this.#options.leads()) this.#options.saved.conversation(data);
      this.#deliver(data);
      this.list.touch();
    }
    if (what.window && window) {
      this.#options.saved.window(core.id, window);
      this.#unload(core);
    }
    this.#options.touched(core.id);
  }

  /** Messages that came are acknowledged as received, once per session and number. */
  #deliver(data: Conversation | undefined): void {
    if (!data?.self || !this.#options.up() || !this.#options.leads()) return;
    if (unreadCount(data.lastN, data.self) === 0 || data.self.deliveredN >= data.lastN) return;
    if ((this.#delivered.get(data.id) ?? 0) >= data.lastN) return;
    this.#delivered.set(data.id, data.lastN);
    this.#options.deliver(data.id, data.lastN);
  }

  #recalled(message: Message): void {
    const core = this.#cores.get(message.conversation);
    if (core === undefined || !reachesEnd(core)) this.#options.saved.recalled(message).catch(() => {});
  }

  #deleted(id: string, numbers: readonly number[]): void {
    const core = this.#cores.get(id);
    if (core === undefined || !reachesEnd(core)) this.#options.saved.deleted(id, numbers).catch(() => {});
    core?.deleted(numbers);
  }

  #played(id: string, numbers: readonly number[]): void {
    const core = this.#cores.get(id);
    if (core === undefined || !reachesEnd(core)) this.#options.saved.played(id, numbers).catch(() => {});
    core?.played(numbers);
  }

  /** The conversation that was touched last is the last to let go of its messages. */
  #unload(touched: ConversationCore): void {
    this.#cores.delete(touched.id);
    this.#cores.set(touched.id, touched);
    const loaded = [...this.#cores.values()].filter((core) => core.window !== undefined && !core.opened);
    for (const core of loaded.slice(0, Math.max(0, loaded.length - WINDOWS_LOADED))) core.unload();
  }

  #patched(
    self: Self,
    patches: readonly Partial<Self>[] | undefined,
    marks: { readN: number; deliveredN: number } | undefined,
  ): Self {
    const patched = Object.assign({}, self, ...(patches ?? [])) as Self;
    if (marks === undefined) return patched;
    const read = marks.readN > self.readN ? { ...patched, markedUnread: false } : patched;
    return mergeMarks(read, marks);
  }

  *#views(): Iterable<ConversationView> {
    for (const id of this.#cores.keys()) {
      const view = this.view(id);
      if (view) yield view;
    }
  }
}
