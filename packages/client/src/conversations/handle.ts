import type { MediaBody, Message, Output, Request, Self, SharedKind, StickerBody } from '@inlay-im/protocol';
import type { Clock } from '../clock.ts';
import type { Call } from '../connection/link.ts';
import type { FileMail, SendFilesOptions } from '../files/mail.ts';
import type { Media } from '../files/media.ts';
import type { SharedView } from '../files/shared.ts';
import { type Later, laterStore } from '../later.ts';
import { forwarded } from '../outbox/forward.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { Ack, SendableBody, SendOptions } from '../outbox/outbox.ts';
import type { Receipts } from '../receipts.ts';
import { Computed, type Store } from '../store.ts';
import { asPlayed, type Overlay, Overlays, recalled, withBody, withReaction } from '../timeline/overlay.ts';
import { Timeline, type TimelineMessage } from '../timeline/timeline.ts';
import { messageAt } from '../timeline/window.ts';
import { Typing } from '../typing.ts';
import type { NewFile } from '../uploads/file.ts';
import type { Conversations } from './conversations.ts';
import type { ConversationView } from './list.ts';
import { Members } from './members.ts';

/** Milliseconds for which a reaction is shown ahead of its event after the node took it. */
const SETTLE = 2000;
/** A draft is told to the other devices after a pause of so many milliseconds. */
const DRAFT = 1000;

/** A message on its way. `sent` is kept with the node's acknowledgement, or fails once it is refused or discarded. */
export interface Sending {
  readonly id: string;
  readonly sent: Promise<Ack>;
}

/** My side of a conversation, as `members.updateSelf` takes it; what is absent stays, null clears. */
export type SelfChange = Omit<Request<'members.updateSelf'>, 'conversation'>;
export type InfoChange = Omit<Request<'conversations.update'>, 'conversation'>;

/** Messages that carry one kind of thing. */
export interface SharedStore extends Store<SharedView> {
  /** Loads a further page. */
  more(): Promise<void>;
}

const NOTHING_SHARED: SharedView = { items: [], complete: false, loading: false };

/** What a handle needs of the client. */
export interface HandleOptions {
  readonly conversations: Conversations;
  readonly call: Call;
  readonly clock: Clock;
  readonly receipts: Receipts;
  me(): string;
  readonly mailer: Mailer;
  readonly media: Later<Media>;
}

const bodyOf = (body: string | SendableBody): SendableBody =>
  typeof body === 'string' ? { kind: 'text', text: body } : body;

/** How a change of my side looks before the node confirmed it. */
function patchOf({ pinned, hidden, ...rest }: SelfChange, now: number, lastN: number): Partial<Self> {
  const patch: Record<string, unknown> = { ...rest };
  if (pinned !== undefined) patch.pinnedAt = pinned ? now : null;
  if (hidden !== undefined) patch.hiddenN = hidden ? lastN : null;
  return patch as Partial<Self>;
}

/** One conversation, whether or not it exists or is loaded yet. */
export class ConversationHandle {
  readonly id: string;
  /** Title, picture, counters and my side of it; undefined until it is known. */
  readonly info: Store<ConversationView | undefined>;
  readonly timeline: Timeline;
  readonly members: Members;
  readonly typing: Store<readonly string[]>;
  readonly #options: HandleOptions;
  readonly #info: Computed<ConversationView | undefined>;
  readonly #overlays = new Overlays();
  readonly #typing: Typing;
  readonly #shared = new Map<SharedKind, SharedStore>();
  #draft: { undo(): void; cancel(): void } | undefined;

  constructor(id: string, options: HandleOptions) {
    this.id = id;
    this.#options = options;
    const { conversations, call, clock } = options;
    this.#info = new Computed(() => conversations.view(id));
    this.info = this.#info;
    this.timeline = new Timeline({
      /** The core may be replaced when a conversation is left and comes back. */
      core: () => conversations.core(id),
      overlays: this.#overlays,
      me: options.me,
      waiting: () => options.mailer.of(id),
      uploads: (entry) => options.media.now?.desk.views(entry) ?? null,
      carried: () => void options.media.get(),
    });
    this.members = new Members(id, call, clock);
    this.#typing = new Typing(clock, (typing) => {
      call('typing.set', { conversation: id, typing }).catch(() => {});
    });
    this.typing = this.#typing.people;
  }

  /**
   * Sends a text or another body. The row is shown at once and survives a reload until it is acknowledged. A sticker is
   * `shown` as what `client.stickers` says of it, and files that the node has already as it tells them.
   */
  send(body: string | SendableBody, options: SendOptions = {}, shown?: MediaBody | StickerBody): Sending {
    this.#wrote();
    return this.#options.mailer.send(this.id, { body: bodyOf(body), ...(shown && { shown }) }, options);
  }

  /**
   * Sends files as one message, which goes out once all of them are with the node. The row is shown at once, with how
   * far each is; it and the files survive a reload, where storage has room for them.
   */
  sendFiles(files: readonly NewFile[], options: SendFilesOptions = {}): Sending {
    this.#wrote();
    const { mailer, media } = this.#options;
    const id = mailer.newId();
    const sent = media.get().then(({ mail }) => mail.send(this.id, files, { ...options, id }).sent);
    /** Whoever does not wait for it learns of a failure from the row. */
    sent.catch(() => {});
    return { id, sent };
  }

  /** Stops bringing the files of a message that waits; `key` is that of its row. */
  pauseUpload(key: string): void {
    this.#files((mail) => mail.pause(key));
  }

  resumeUpload(key: string): void {
    this.#files((mail) => mail.resume(key));
  }

  /** Takes one file out of a message that waits for its files; the last one takes the message with it. */
  discardFile(key: string, file: string): void {
    this.#files((mail) => mail.discard(key, file));
  }

  /** Gives a file of a waiting message that is not on this device any more. */
  chooseAgain(key: string, file: string, chosen: NewFile): void {
    this.#files((mail) => mail.chooseAgain(key, file, chosen));
  }

  /** Sends the same to other conversations, in their order. Files are not copied. */
  forward(messages: readonly TimelineMessage[], to: readonly string[]): Sending[] {
    const drafts = forwarded(messages);
    return to.flatMap((conversation) =>
      drafts.map((draft) => this.#options.mailer.send(conversation, draft, {})),
    );
  }

  /** Sends a failed message again; `key` is that of its row. */
  retry(key: string): void {
    this.#options.mailer.retry(key);
  }

  /** Takes a message that was not sent out of the outbox; its files are brought no further. */
  discard(key: string): void {
    this.#options.mailer.discard(key);
  }

  async edit(n: number, body: string | SendableBody, mentions?: string[]): Promise<void> {
    const shown = bodyOf(body);
    const input = { conversation: this.id, n, body: shown, ...(mentions ? { mentions } : {}) };
    await this.#optimistic(n, withBody(shown, this.#options.clock.now()), async () =>
      this.#replied((await this.#options.call('messages.edit', input)).message),
    );
  }

  /** Takes a message back for everyone. */
  async recall(n: number): Promise<void> {
    const { me, clock, call } = this.#options;
    await this.#optimistic(n, recalled(me(), clock.now()), async () =>
      this.#replied((await call('messages.recall', { conversation: this.id, n })).message),
    );
  }

  /** Deletes messages for me, on all my devices. */
  async delete(numbers: number[]): Promise<void> {
    const { hidden } = this.#overlays;
    for (const n of numbers) hidden.add(n);
    this.timeline.touch();
    try {
      await this.#options.call('messages.delete', { conversation: this.id, numbers });
      this.#core.deleted(numbers);
    } finally {
      for (const n of numbers) hidden.delete(n);
      this.timeline.touch();
    }
  }

  /** Marks a voice or video message as played, on all my devices. */
  async played(n: number): Promise<void> {
    await this.#optimistic(n, asPlayed, async () => {
      await this.#options.call('messages.played', { conversation: this.id, n });
      this.#core.played([n]);
    });
  }

  /** What was shared here of one kind, newest first; loaded while someone listens. */
  shared(kind: SharedKind): SharedStore {
    const { media } = this.#options;
    const of = ({ shared }: Media) => shared.of(this.id, kind);
    const more = async () => of(await media.get()).more();
    const store = this.#shared.get(kind) ?? { ...laterStore(media, NOTHING_SHARED, of), more };
    this.#shared.set(kind, store);
    return store;
  }

  react(n: number, emoji: string): Promise<void> {
    return this.#reaction(n, emoji, true);
  }

  unreact(n: number, emoji: string): Promise<void> {
    return this.#reaction(n, emoji, false);
  }

  /** Says that I read up to and with `n`; without it everything. A lower mark changes nothing; whoever is no member has none. */
  markRead(n = this.#lastN): void {
    const self = this.info.get()?.self;
    if (self === null || (n <= (self?.readN ?? 0) && self?.markedUnread !== true)) return;
    this.#options.receipts.mark(this.id, { readN: n });
    this.#options.conversations.touch(this.id);
  }

  /** To be called with true at each key, and with false when the field is emptied. */
  setTyping(typing: boolean): void {
    this.#typing.set(typing);
  }

  /** Mutes, pins, archives, hides, flags as unread or nicknames, on all my devices. */
  async updateSelf(change: SelfChange): Promise<void> {
    const { conversations, call, clock } = this.#options;
    const undo = conversations.patch(this.id, patchOf(change, clock.now(), this.#lastN));
    try {
      // A mark of what I read that came after the flag would clear it.
      if (change.markedUnread) await this.#options.receipts.flush(this.id);
      await call('members.updateSelf', { conversation: this.id, ...change });
    } finally {
      undo();
    }
  }

  /** Keeps what I have written and not sent, on all my devices; told after a pause. */
  setDraft(text: string | null): void {
    this.#draft?.cancel();
    this.#draft?.undo();
    const undo = this.#options.conversations.patch(this.id, { draft: text });
    const cancel = this.#options.clock.after(DRAFT, () => {
      this.#draft = undefined;
      this.updateSelf({ draft: text }).catch(() => {});
      undo();
    });
    this.#draft = { undo, cancel };
  }

  /** Changes title, picture, data or settings. */
  async update(change: InfoChange): Promise<void> {
    await this.#options.call('conversations.update', { conversation: this.id, ...change });
  }

  /** Clears the history for me, up to and with `upTo`; without it all. */
  async clear(upTo?: number): Promise<void> {
    await this.#options.call('conversations.clear', {
      conversation: this.id,
      ...(upTo === undefined ? {} : { upTo }),
    });
  }

  async addMembers(users: string[]): Promise<void> {
    await this.#options.call('members.add', { conversation: this.id, users });
  }

  async removeMembers(users: string[]): Promise<void> {
    await this.#options.call('members.remove', { conversation: this.id, users });
  }

  /** Joins a channel. */
  async join(): Promise<void> {
    await this.#options.call('members.join', { conversation: this.id });
  }

  async leave(): Promise<void> {
    await this.#options.call('members.leave', { conversation: this.id });
    this.#options.conversations.remove(this.id);
  }

  /** The marks of the others who read at least up to `n`. */
  readers(n: number): Promise<Output<'receipts.list'>> {
    return this.#options.call('receipts.list', { conversation: this.id, readN: n });
  }

  /** @internal Something that is shown here changed. */
  touch(): void {
    this.#info.touch();
    this.timeline.touch();
  }

  /** @internal A session opened and is in step. */
  resume(): void {
    this.members.resume();
  }

  /** @internal Someone types, or stopped. */
  heard(user: string, typing: boolean): void {
    this.#typing.heard(user, typing);
  }

  #files(run: (mail: FileMail) => void): void {
    void this.#options.media.get().then(({ mail }) => run(mail));
  }

  #wrote(): void {
    this.#typing.sent();
    if (this.timeline.get().hasAfter) this.timeline.jumpTo().catch(() => {});
  }

  get #core() {
    return this.#options.conversations.core(this.id);
  }

  get #lastN(): number {
    return this.#core.data?.lastN ?? this.#core.window?.lastN ?? 0;
  }

  /** The reply stands for the event, whichever of the two comes first. */
  #replied(message: Message): void {
    const { conversation, rev } = message;
    this.#core.event({ event: 'message.changed', data: { conversation, rev, message } });
  }

  /** Shows a change while it is on its way; a failure takes it away again and is passed on. */
  async #optimistic(n: number, overlay: Overlay, run: () => Promise<void>): Promise<void> {
    const undo = this.#show(n, overlay);
    try {
      await run();
    } finally {
      undo();
    }
  }

  /** The reply has no revision, so that the reaction stays shown until its event can be expected to have come. */
  async #reaction(n: number, emoji: string, on: boolean): Promise<void> {
    const undo = this.#show(n, withReaction(emoji, on));
    try {
      await this.#options.call(on ? 'reactions.add' : 'reactions.remove', {
        conversation: this.id,
        n,
        emoji,
      });
    } catch (error) {
      undo();
      throw error;
    }
    const { window } = this.#core;
    const told =
      window === undefined ||
      messageAt(window, n) === undefined ||
      (window.mine.get(n) ?? []).includes(emoji) === on;
    if (told) undo();
    else this.#options.clock.after(SETTLE, undo);
  }

  #show(n: number, overlay: Overlay): () => void {
    const remove = this.#overlays.add(n, overlay);
    this.timeline.touch();
    return () => {
      remove();
      this.timeline.touch();
    };
  }
}
