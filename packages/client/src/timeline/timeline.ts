import type { Message } from '@inlay-im/protocol';
import { visibleAfter, type WireError } from '@inlay-im/protocol/rules';
import type { ConversationCore } from '../conversations/core.ts';
import { waitingMessage } from '../outbox/entry.ts';
import type { OutboxEntry } from '../outbox/outbox.ts';
import { Computed, type Store } from '../store.ts';
import type { UploadView } from '../uploads/file.ts';
import type { Overlay, Overlays, Shown } from './overlay.ts';

/**
 * One row. `key` is the message's id and stays from writing to history; `n` is null until the node has acknowledged
 * it. `pending`: an edit, recall, reaction or played mark of mine is on its way. `played`: I played its voice or video.
 * `uploads`: how far each of its files is, where the message waits for them, else null.
 */
export interface TimelineMessage extends Omit<Message, 'n' | 'rev'> {
  readonly key: string;
  readonly n: number | null;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly error: WireError | null;
  readonly mine: readonly string[];
  readonly pending: boolean;
  readonly played: boolean;
  readonly uploads: readonly UploadView[] | null;
}

/** The rows by key, oldest first. `ready`: they were loaded, from the node or from storage. */
export interface TimelineView {
  readonly keys: readonly string[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  readonly loading: boolean;
  readonly ready: boolean;
}

/** Where rows come from. */
export interface Sources {
  core(): ConversationCore;
  readonly overlays: Overlays;
  me(): string;
  waiting(): OutboxEntry[];
  /** A message that carries files is shown. */
  carried(): void;
  uploads(entry: OutboxEntry): readonly UploadView[] | null;
}

interface Row {
  readonly inputs: readonly unknown[];
  readonly view: TimelineMessage;
}

const NONE: readonly string[] = [];
const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, i) => Object.is(item, b[i]));

/** The row of a message that the node has, with my changes that are on their way over it. */
export function rowOf(sent: Shown, overlays?: readonly Overlay[]): TimelineMessage {
  const shown = (overlays ?? []).reduce((row, overlay) => overlay(row), sent);
  const { rev: _, ...rest } = shown.message;
  return {
    ...rest,
    key: rest.id,
    state: 'sent',
    error: null,
    mine: shown.mine,
    pending: overlays !== undefined,
    played: shown.played,
    uploads: null,
  };
}

function waitingRow(entry: OutboxEntry, uploads: readonly UploadView[] | null, me: string): TimelineMessage {
  const stuck = entry.error !== undefined || uploads?.some(({ state }) => state === 'missing');
  return {
    ...waitingMessage(entry, me),
    key: entry.id,
    n: null,
    state: stuck ? 'failed' : 'sending',
    error: entry.error ?? null,
    mine: NONE,
    pending: false,
    played: false,
    uploads,
  };
}

/** The messages of a conversation as they are shown. While someone listens the conversation is kept up to date. */
export class Timeline implements Store<TimelineView> {
  readonly #sources: Sources;
  readonly #view: Computed<TimelineView>;
  readonly #rows = new Map<string, Row>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #changed = new Set<string>();

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#view = new Computed((before) => this.#compute(before), {
      first: () => void this.load().catch(() => {}),
      last: () => sources.core().close(),
    });
  }

  readonly get = (): TimelineView => this.#view.get();
  readonly subscribe = (listener: () => void): (() => void) => this.#view.subscribe(listener);

  /** One row, which alone tells of its changes; undefined where it is not loaded. */
  message(key: string): Store<TimelineMessage | undefined> {
    return {
      get: () => {
        this.#view.get();
        return this.#rows.get(key)?.view;
      },
      subscribe: (listener) => this.#listen(key, () => listener()),
    };
  }

  /** All rows that are loaded. */
  messages(): TimelineMessage[] {
    return this.get().keys.map((key) => (this.#rows.get(key) as Row).view);
  }

  /** Loads the messages that were last shown, or the newest. A listener does this by itself. */
  load(): Promise<void> {
    return this.#sources.core().open();
  }

  /** A further page of older messages. */
  loadBefore(limit?: number): Promise<void> {
    return this.#sources.core().loadBefore(limit);
  }

  /** A further page of newer messages, where the timeline does not reach the end. */
  loadAfter(limit?: number): Promise<void> {
    return this.#sources.core().loadAfter(limit);
  }

  /** The messages around `n`, or without it the newest. */
  jumpTo(n?: number): Promise<void> {
    return this.#sources.core().jumpTo(n);
  }

  /** Says that messages, overlays or the outbox changed. */
  touch(): void {
    this.#view.touch();
  }

  #listen(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    const release = this.#view.subscribe(() => {});
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
      release();
    };
  }

  #compute(before: TimelineView | undefined): TimelineView {
    const keys = this.#refresh();
    const { window, loading } = this.#sources.core();
    const flags = {
      hasBefore: window?.hasBefore ?? false,
      hasAfter: window?.hasAfter ?? false,
      loading,
      ready: window !== undefined,
    };
    const view = { keys: before !== undefined && same(before.keys, keys) ? before.keys : keys, ...flags };
    return before !== undefined && same(Object.values(before), Object.values(view)) ? before : view;
  }

  #refresh(): string[] {
    const { overlays, me, waiting } = this.#sources;
    const { window, data } = this.#sources.core();
    const after = data?.self ? visibleAfter(data.history, data.self) : 0;
    const keys: string[] = [];
    const seen = new Set<string>();
    const put = (key: string, inputs: readonly unknown[], make: () => TimelineMessage) => {
      keys.push(key);
      seen.add(key);
      const held = this.#rows.get(key);
      if (held !== undefined && same(held.inputs, inputs)) return;
      this.#rows.set(key, { inputs, view: make() });
      this.#tell(key);
    };
    for (const message of window?.messages ?? []) {
      if (message.n <= after || overlays.hidden.has(message.n)) continue;
      if (message.body?.kind === 'media') this.#sources.carried();
      const mine = window?.mine.get(message.n) ?? NONE;
      const over = overlays.of(message.n);
      const played = window?.played.has(message.n) ?? false;
      put(message.id, [message, mine, over, played], () => rowOf({ message, mine, played }, over));
    }
    for (const entry of window?.hasAfter ? [] : waiting()) {
      if (seen.has(entry.id)) continue;
      if (entry.files) this.#sources.carried();
      const uploads = this.#sources.uploads(entry);
      put(entry.id, [entry, uploads], () => waitingRow(entry, uploads, me()));
    }
    for (const key of this.#rows.keys()) {
      if (seen.has(key)) continue;
      this.#rows.delete(key);
      this.#tell(key);
    }
    return keys;
  }

  /** Rows are worked out while someone reads, so that their listeners hear of it afterwards. */
  #tell(key: string): void {
    if (!this.#listeners.has(key)) return;
    this.#changed.add(key);
    if (this.#changed.size > 1) return;
    queueMicrotask(() => {
      const changed = [...this.#changed];
      this.#changed.clear();
      for (const one of changed) for (const listener of [...(this.#listeners.get(one) ?? [])]) listener();
    });
  }
}
