import type { Conversation, Message, Mine, Output, Self, SharedKind } from '@inlay-im/protocol';
import { InlayError, unreadAfter } from '@inlay-im/protocol/rules';
import type { ConversationEvent } from '../events.ts';
import type { SendableBody } from '../outbox/outbox.ts';
import { shownMedia } from '../uploads/file.ts';

/** Whom a text of the tests mentions: `@ann`. */
const mentionsOf = (text: string): string[] =>
  [...text.matchAll(/@(\w+)/g)].map(([, user]) => user as string);

type Body = NonNullable<Message['body']>;

function isOf(body: Message['body'], kind: SharedKind): boolean {
  if (kind === 'link') return JSON.stringify(body).includes('://');
  const kinds = body?.kind === 'media' ? body.items.map((item) => item.kind) : [];
  return kinds.some((one) => one === kind || (kind === 'media' && (one === 'image' || one === 'video')));
}

/** A conversation of at most a few people as the node's log has it: the model that tests compare the client with. */
export class Log {
  readonly id: string;
  readonly messages: Message[] = [];
  readonly reactors = new Map<string, Set<string>>();
  readonly selves = new Map<string, Self>();
  readonly deleted = new Map<string, Set<number>>();
  readonly played = new Map<string, Set<number>>();
  title: string | null = null;
  rev = 0;

  constructor(id: string, users: readonly string[]) {
    this.id = id;
    for (const user of users) this.selves.set(user, newSelf());
  }

  get lastN(): number {
    return this.messages.length;
  }

  /** Commits a message, or finds the one of that id. */
  send(
    sender: string,
    id: string,
    said: string | Body,
  ): { message: Message; event: ConversationEvent | undefined } {
    const before = this.messages.find((m) => m.id === id);
    if (before) return { message: before, event: undefined };
    this.rev += 1;
    const body: Body = typeof said === 'string' ? { kind: 'text', text: said } : said;
    const message: Message = {
      conversation: this.id,
      n: this.lastN + 1,
      id,
      rev: this.rev,
      sender,
      at: 1000 + this.rev,
      body,
      replyTo: null,
      mentions: body.kind === 'text' ? mentionsOf(body.text) : [],
      priority: 'normal',
      silent: false,
      editedAt: null,
      recalledAt: null,
      recalledBy: null,
      reactions: [],
    };
    this.messages.push(message);
    const self = this.selves.get(sender);
    if (self) this.selves.set(sender, { ...self, ownN: message.n });
    return {
      message,
      event: this.#event({ event: 'message.new', data: { conversation: this.id, rev: this.rev, message } }),
    };
  }

  /** Of a message with files the captions and the text change, and never the files. */
  edit(n: number, said: string | SendableBody): ConversationEvent | undefined {
    const held = this.messages[n - 1];
    if (!held || held.body === null) return undefined;
    const to = typeof said === 'string' ? { kind: 'text' as const, text: said } : said;
    if (to.kind === 'sticker') return undefined;
    const items = held.body.kind === 'media' ? held.body.items : [];
    const body = to.kind === 'media' ? shownMedia(to, items) : to;
    return this.#change({
      ...held,
      body,
      mentions: body.kind === 'text' ? mentionsOf(body.text) : [],
      editedAt: 5000,
    });
  }

  recall(n: number): ConversationEvent | undefined {
    const held = this.messages[n - 1];
    if (!held || held.body === null) return undefined;
    for (const key of this.reactors.keys()) if (key.startsWith(`${n} `)) this.reactors.delete(key);
    return this.#change({
      ...held,
      body: null,
      mentions: [],
      recalledAt: 6000,
      recalledBy: held.sender,
      reactions: [],
    });
  }

  react(user: string, n: number, emoji: string, on: boolean): ConversationEvent | undefined {
    const held = this.messages[n - 1];
    const key = `${n} ${emoji}`;
    const people = this.reactors.get(key) ?? new Set();
    if (!held || held.body === null || people.has(user) === on) return undefined;
    if (on) people.add(user);
    else people.delete(user);
    this.reactors.set(key, people);
    this.rev += 1;
    const others = held.reactions.filter((r) => r.emoji !== emoji);
    const reactions = people.size > 0 ? [...others, { emoji, count: people.size }] : others;
    this.messages[n - 1] = { ...held, rev: this.rev, reactions };
    return this.#event({
      event: 'reaction.changed',
      data: { conversation: this.id, rev: this.rev, n, user, emoji, on, reactions },
    });
  }

  /** Someone played a message; gives whether it is news. */
  play(user: string, n: number): boolean {
    const played = this.played.get(user) ?? new Set();
    const news = n <= this.lastN && !played.has(n);
    this.played.set(user, news ? new Set([...played, n]) : played);
    return news;
  }

  rename(title: string): ConversationEvent {
    this.title = title;
    this.rev += 1;
    return this.#event({
      event: 'conversation.changed',
      data: { conversation: this.id, rev: this.rev, info: this.#info() },
    });
  }

  snapshot(user: string): Conversation {
    const visible = this.#visible(user);
    const self = this.selves.get(user) ?? null;
    return {
      ...this.#info(),
      rev: this.rev,
      lastN: this.lastN,
      activeAt: this.messages.at(-1)?.at ?? 1000,
      others: this.#others(user),
      peer: null,
      self,
      preview: visible.at(-1) ?? null,
      mentions: self === null ? [] : this.#unreadMentions(user, self),
    };
  }

  changes(user: string, input: { rev: number; limit?: number | undefined }): Output<'conversations.changes'> {
    const limit = input.limit ?? 50;
    const all = this.#visible(user)
      .filter((m) => m.rev > input.rev)
      .sort((a, b) => a.rev - b.rev);
    const messages = all.slice(0, limit);
    const next = all.length > limit ? { rev: (messages.at(-1) as Message).rev, n: this.lastN } : null;
    return {
      conversation: this.snapshot(user),
      messages,
      mine: this.#mine(user, messages),
      members: [],
      next,
    };
  }

  list(
    user: string,
    input: {
      before?: number | undefined;
      after?: number | undefined;
      around?: number | undefined;
      limit?: number | undefined;
    },
  ): Output<'messages.list'> {
    const limit = input.limit ?? 50;
    const all = this.#visible(user);
    let from = Math.max(0, all.length - limit);
    let to = all.length;
    const at = (n: number) => all.findIndex((m) => m.n >= n);
    if (input.before !== undefined) {
      to = at(input.before) < 0 ? all.length : at(input.before);
      from = Math.max(0, to - limit);
    } else if (input.after !== undefined) {
      from = at(input.after + 1) < 0 ? all.length : at(input.after + 1);
      to = Math.min(all.length, from + limit);
    } else if (input.around !== undefined) {
      from = Math.max(0, (at(input.around) < 0 ? all.length : at(input.around)) - (limit >> 1));
      to = Math.min(all.length, from + limit);
    }
    const messages = all.slice(from, to);
    return {
      messages,
      mine: this.#mine(user, messages),
      hasBefore: from > 0,
      hasAfter: to < all.length,
      rev: this.rev,
      lastN: this.lastN,
    };
  }

  shared(
    user: string,
    input: { kind: SharedKind; before?: number | undefined; limit?: number | undefined },
  ): Output<'messages.shared'> {
    const all = this.#visible(user).filter(
      (m) => m.n < (input.before ?? Infinity) && isOf(m.body, input.kind),
    );
    const messages = all.slice(-(input.limit ?? 50));
    return { messages, mine: this.#mine(user, messages), hasBefore: all.length > messages.length };
  }

  self(user: string): Self {
    const self = this.selves.get(user);
    if (!self) throw new InlayError('not_found', 'no member');
    return self;
  }

  #unreadMentions(user: string, self: Self): number[] {
    const unread = this.#visible(user).filter(({ n }) => n > unreadAfter(self));
    return unread.filter(({ mentions }) => mentions.includes(user)).map(({ n }) => n);
  }

  #visible(user: string): Message[] {
    const gone = this.deleted.get(user);
    const cleared = this.selves.get(user)?.clearedN ?? 0;
    return this.messages.filter((m) => m.n > cleared && !gone?.has(m.n));
  }

  #mine(user: string, messages: readonly Message[]): Mine[] {
    return messages
      .map((m) => ({
        n: m.n,
        emojis: m.reactions.map((r) => r.emoji).filter((e) => this.reactors.get(`${m.n} ${e}`)?.has(user)),
        played: m.body !== null && (this.played.get(user)?.has(m.n) ?? false),
      }))
      .filter((mine) => mine.emojis.length > 0 || mine.played);
  }

  #others(user: string): { readN: number; deliveredN: number } {
    const others = [...this.selves].filter(([id]) => id !== user).map(([, self]) => self);
    return {
      readN: Math.max(0, ...others.map((s) => s.readN)),
      deliveredN: Math.max(0, ...others.map((s) => s.deliveredN)),
    };
  }

  #info() {
    return {
      id: this.id,
      kind: 'group' as const,
      title: this.title,
      avatar: null,
      custom: null,
      history: 'start' as const,
      posting: 'everyone' as const,
      memberCount: this.selves.size,
      createdAt: 1,
    };
  }

  #change(message: Message): ConversationEvent {
    this.rev += 1;
    const changed = { ...message, rev: this.rev };
    this.messages[message.n - 1] = changed;
    return this.#event({
      event: 'message.changed',
      data: { conversation: this.id, rev: this.rev, message: changed },
    });
  }

  #event(event: ConversationEvent): ConversationEvent {
    return structuredClone(event);
  }
}

export const newSelf = (): Self => ({
  role: 'member',
  joinedN: 0,
  readN: 0,
  deliveredN: 0,
  clearedN: 0,
  ownN: 0,
  markedUnread: false,
  mutedUntil: null,
  pinnedAt: null,
  archived: false,
  hiddenN: null,
  draft: null,
  nickname: null,
  rev: 0,
});
