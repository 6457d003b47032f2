import type { MediaBody, Message, StickerBody } from '@inlay-im/protocol';
import type { Clock } from '../clock.ts';
import type { Call, Note } from '../connection/link.ts';
import type { Sending } from '../conversations/handle.ts';
import { Discarded, SignedOut } from '../requests/errors.ts';
import { errorOf } from '../requests/http.ts';
import type { Change, Storage } from '../storage/storage.ts';
import type { OutboxFile } from '../uploads/file.ts';
import { uuidv7 } from '../uuid.ts';
import { bytesOf, leftOut, messageOf, removalOf } from './entry.ts';
import {
  type Ack,
  Outbox,
  type OutboxEntry,
  type OutboxNote,
  type SendableBody,
  type SendOptions,
} from './outbox.ts';
import { Sender } from './sender.ts';

export interface MailerOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly call: Call;
  bytes(count: number): Uint8Array;
  me(): string;
  ready(): boolean;
  tell(note: Note): void;
  /** The node has this message, which was sent once: it is as new as any that an event brings. */
  acknowledged(message: Message): void;
  /** The node has had a message since `rev` or earlier; what became of it is to be fetched. */
  caughtUp(conversation: string, rev: number): Promise<void>;
  touched(conversation: string): void;
  /** Whether a message waits for files that only the person can bring back. */
  stuck(entry: OutboxEntry): boolean;
  /** A message that failed is to be sent again. */
  again(entry: OutboxEntry): void;
  /** A message was sent, or dropped before. */
  gone(entry: OutboxEntry, dropped: boolean): void;
}

/** What is to be sent: a body, how it looks where it names files, and those that are to be brought before. */
export interface Draft {
  readonly id?: string;
  readonly body: SendableBody;
  readonly shown?: MediaBody | StickerBody;
  readonly files?: readonly OutboxFile[];
}

interface Promised {
  resolve(ack: Ack): void;
  reject(error: unknown): void;
}

/** Takes messages in, keeps them until they are acknowledged, and shows every tab what becomes of them. */
export class Mailer {
  readonly #options: MailerOptions;
  readonly #outbox = new Outbox();
  readonly #sender: Sender;
  readonly #promised = new Map<string, Promised>();
  /** What was sent or dropped, which a change that another tab made at the same time does not bring back. */
  readonly #ended = new Set<string>();
  #changing: Promise<void> = Promise.resolve();
  #order = 0;

  constructor(options: MailerOptions) {
    this.#options = options;
    this.#sender = new Sender({
      ...options,
      outbox: this.#outbox,
      ready: () => options.ready(),
      tell: (note) => options.tell(note),
      stuck: (entry) => options.stuck(entry),
    });
  }

  of(conversation: string): OutboxEntry[] {
    return this.#outbox.of(conversation);
  }

  get(id: string): OutboxEntry | undefined {
    return this.#outbox.get(id);
  }

  all(): OutboxEntry[] {
    return this.#outbox.all();
  }

  newId(): string {
    const { clock, bytes } = this.#options;
    return uuidv7(clock.now(), bytes(10));
  }

  /** [L4] The message is stored before it is sent, so that a reload in between sends it under the same id. */
  send(conversation: string, draft: Draft, options: SendOptions): Sending {
    const { clock } = this.#options;
    this.#order += 1;
    const entry: OutboxEntry = {
      id: this.newId(),
      conversation,
      ...draft,
      replyTo: options.replyTo ?? null,
      mentions: options.mentions ?? [],
      priority: options.priority ?? 'normal',
      silent: options.silent ?? false,
      at: clock.now(),
      order: this.#order,
    };
    const sent = new Promise<Ack>((resolve, reject) => this.#promised.set(entry.id, { resolve, reject }));
    /** Whoever does not wait for it learns of a failure from the row. */
    sent.catch(() => {});
    void this.#put(entry);
    return { id: entry.id, sent };
  }

  retry(id: string): void {
    if (this.#outbox.get(id)?.error === undefined) return;
    this.change(id, ({ error: _, whole: __, again: ___, ...again }) => again);
  }

  /** Changes what waits, unless it is given back as it is. One change at a time, so that each sees the one before. */
  change(id: string, change: (entry: OutboxEntry) => OutboxEntry): void {
    const done = this.#changing.then(async () => {
      const entry = this.#outbox.get(id);
      const changed = entry && change(entry);
      if (changed !== undefined && changed !== entry) await this.#put(changed);
    });
    this.#changing = done.catch(() => {});
  }

  discard(id: string): void {
    const entry = this.#outbox.get(id);
    if (entry) void this.#remove(entry);
    this.#options.tell({ note: 'outbox.gone', id });
  }

  restore(entries: readonly OutboxEntry[]): void {
    for (const entry of entries) {
      if (this.#outbox.get(entry.id) === undefined) this.#outbox.put(entry);
      this.#order = Math.max(this.#order, entry.order);
      this.#options.touched(entry.conversation);
    }
    this.#sender.suspect(this.#outbox.ids());
  }

  hear(note: OutboxNote): void {
    if (note.note === 'outbox.put') this.#heardPut(note.entry);
    else this.#heardEnd(note);
    this.pump();
  }

  pump(): void {
    this.#sender.pump();
  }

  /** The person signed out: what was not sent is gone. */
  clear(): void {
    for (const { reject } of this.#promised.values()) reject(new SignedOut('signed out before it was sent'));
    this.#promised.clear();
    this.#ended.clear();
    this.#outbox.clear();
  }

  async #put(entry: OutboxEntry): Promise<void> {
    const { storage } = this.#options;
    const changes: Change[] = [{ put: 'outbox', key: entry.id, value: entry }];
    for (const key of bytesOf(leftOut(this.#outbox.get(entry.id), entry)))
      changes.push({ remove: 'blobs', key });
    await storage.transaction(changes).catch(() => {});
    if (this.#ended.has(entry.id)) return this.#remove(entry);
    this.#options.tell({ note: 'outbox.put', entry });
  }

  #heardPut(entry: OutboxEntry): void {
    if (this.#ended.has(entry.id)) return void this.#remove(entry);
    const before = this.#outbox.get(entry.id);
    const failed = before?.error !== undefined;
    const left = leftOut(before, entry);
    this.#outbox.put(entry);
    if (left.files.length > 0) this.#options.gone(left, true);
    if (failed && entry.error === undefined) this.#options.again(entry);
    if (entry.error !== undefined) this.#promise(entry.id)?.reject(errorOf(entry.error));
    this.#options.touched(entry.conversation);
  }

  #heardEnd(note: Exclude<OutboxNote, { note: 'outbox.put' }>): void {
    this.#ended.add(note.id);
    const entry = this.#outbox.get(note.id);
    const promised = this.#promise(note.id);
    if (note.note === 'outbox.sent' && note.repeated && entry) this.#settle(entry, note.ack);
    else this.#outbox.remove(note.id);
    if (note.note === 'outbox.gone') promised?.reject(new Discarded('the message was discarded'));
    else {
      const { acknowledged, caughtUp, me } = this.#options;
      // What was discarded on its way was sent nevertheless.
      if (entry === undefined) caughtUp(note.conversation, note.ack.rev).catch(() => {});
      else if (!note.repeated) acknowledged(messageOf(entry, note.ack, me()));
      promised?.resolve(note.ack);
    }
    if (entry === undefined) return;
    this.#options.gone(entry, note.note === 'outbox.gone');
    this.#options.touched(entry.conversation);
  }

  /** A message that was sent before may have been edited, recalled or reacted to since, or deleted by me elsewhere. */
  #settle(entry: OutboxEntry, ack: Ack): void {
    this.#outbox.put({ ...entry, settled: true });
    void this.#options.caughtUp(entry.conversation, ack.rev).finally(() => {
      this.#outbox.remove(entry.id);
      this.#options.touched(entry.conversation);
    });
  }

  #remove(entry: OutboxEntry): Promise<void> {
    return this.#options.storage.transaction(removalOf(entry)).catch(() => {});
  }

  #promise(id: string): Promised | undefined {
    const promised = this.#promised.get(id);
    this.#promised.delete(id);
    return promised;
  }
}
