import type { Message, Mine, Output } from '@inlay-im/protocol';
import type { ConversationEvent } from '../events.ts';

export type MessagePage = Output<'messages.list'>;
type Reactions = ReadonlyMap<number, readonly string[]>;

/**
 * A contiguous range of a conversation's messages: between its first and last number nothing is missing but what I
 * deleted for myself. All of it is known as of `rev`, at which the conversation's last number was `lastN`; single
 * messages may be known at a later revision, which their own `rev` says.
 */
export interface Window {
  readonly rev: number;
  readonly lastN: number;
  readonly messages: readonly Message[];
  readonly mine: Reactions;
  /** Of the messages that are held, those that I played. It carries no revision and only grows, until a message is recalled. */
  readonly played: ReadonlySet<number>;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

/** A conversation that does not exist yet, or of which I may see nothing. */
export const EMPTY: Window = {
  rev: 0,
  lastN: 0,
  messages: [],
  mine: new Map(),
  played: new Set(),
  hasBefore: false,
  hasAfter: false,
};

export const firstN = (w: Window): number => w.messages[0]?.n ?? 0;
export const lastHeldN = (w: Window): number => w.messages.at(-1)?.n ?? 0;

/** The place of `n`, or of the first message after it. */
function placeOf(messages: readonly Message[], n: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as Message).n < n) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const messageAt = (w: Window, n: number): Message | undefined => {
  const found = w.messages[placeOf(w.messages, n)];
  return found?.n === n ? found : undefined;
};

const reactionsOf = (mine: readonly Mine[]): Map<number, readonly string[]> =>
  new Map(mine.filter(({ emojis }) => emojis.length > 0).map(({ n, emojis }) => [n, emojis]));

const playedOf = (mine: readonly Mine[]): number[] => mine.filter(({ played }) => played).map(({ n }) => n);

export const windowOf = (page: MessagePage): Window => ({
  rev: page.rev,
  lastN: page.lastN,
  messages: page.messages,
  mine: reactionsOf(page.mine),
  played: new Set(playedOf(page.mine)),
  hasBefore: page.hasBefore,
  hasAfter: page.hasAfter,
});

function setMine(
  mine: Map<number, readonly string[]>,
  n: number,
  emojis: readonly string[] | undefined,
): void {
  if (emojis === undefined || emojis.length === 0) mine.delete(n);
  else mine.set(n, emojis);
}

/** Takes in messages by number; of two reports of one message the one of the higher revision stands. */
function take(w: Window, incoming: readonly Message[], mine: readonly Mine[]): Window {
  const messages = new Map(w.messages.map((m) => [m.n, m]));
  const reacted = reactionsOf(mine);
  const own = new Map(w.mine);
  for (const message of incoming) {
    const held = messages.get(message.n);
    if (held !== undefined && held.rev > message.rev) continue;
    messages.set(message.n, held?.rev === message.rev ? held : message);
    setMine(own, message.n, reacted.get(message.n));
  }
  const all = [...messages.values()].sort((a, b) => a.n - b.n);
  const played = new Set([...w.played].filter((n) => messages.get(n)?.body != null));
  return withPlayed({ ...w, messages: all, mine: own, played }, playedOf(mine));
}

/** The window with a page that adjoins it; `side` says where the page lies. */
export function extend(w: Window, page: MessagePage, side: 'before' | 'after'): Window {
  const grown = take(w, page.messages, page.mine);
  return side === 'before' ? { ...grown, hasBefore: page.hasBefore } : { ...grown, hasAfter: page.hasAfter };
}

/**
 * The window after everything that changed since its revision. What it holds is renewed, what is new is appended if
 * the window reaches the end, and the rest lies outside: a number that is within and not held was deleted by me.
 */
export function catchUp(
  w: Window,
  changes: Pick<Output<'conversations.changes'>, 'conversation' | 'messages' | 'mine'>,
): Window {
  const held = new Set(w.messages.map((m) => m.n));
  const wanted = changes.messages.filter((m) => held.has(m.n) || (!w.hasAfter && m.n > w.lastN));
  const { rev, lastN } = changes.conversation;
  return { ...take(w, wanted, changes.mine), rev: Math.max(w.rev, rev), lastN: Math.max(w.lastN, lastN) };
}

function replace(w: Window, message: Message): Window {
  const place = placeOf(w.messages, message.n);
  const held = w.messages[place];
  if (held?.n !== message.n || held.rev >= message.rev) return w;
  return { ...w, messages: w.messages.with(place, message) };
}

/** The window with a newer version of a message that it holds. */
export const renew = (w: Window, message: Message): Window => unmine(replace(w, message), message);

function append(w: Window, message: Message): Window {
  if (w.hasAfter || message.n <= Math.max(lastHeldN(w), 0)) return w;
  return { ...w, messages: [...w.messages, message] };
}

function react(
  w: Window,
  data: (ConversationEvent & { event: 'reaction.changed' })['data'],
  me: string,
): Window {
  const held = messageAt(w, data.n);
  if (held === undefined || held.rev >= data.rev) return w;
  const changed = replace(w, { ...held, rev: data.rev, reactions: data.reactions });
  if (data.user !== me) return changed;
  const mine = new Map(w.mine);
  const others = (mine.get(data.n) ?? []).filter((emoji) => emoji !== data.emoji);
  setMine(mine, data.n, data.on ? [...others, data.emoji] : others);
  return { ...changed, mine };
}

/** What was recalled has nothing of mine. */
function unmine(w: Window, { n, body }: Message): Window {
  if (body !== null || !(w.mine.has(n) || w.played.has(n))) return w;
  const mine = new Map(w.mine);
  mine.delete(n);
  return { ...w, mine, played: new Set([...w.played].filter((other) => other !== n)) };
}

/** The messages after an event, whatever the window's revision: of a message that is held the newer version stands. */
function patch(w: Window, event: ConversationEvent, me: string): Window {
  switch (event.event) {
    case 'message.new':
      return append(w, event.data.message);
    case 'message.changed':
      return renew(w, event.data.message);
    case 'reaction.changed':
      return react(w, event.data, me);
    default:
      return w;
  }
}

/** The window after an event that is known to follow its revision. */
export function applyToWindow(w: Window, event: ConversationEvent, me: string): Window {
  const lastN = event.event === 'message.new' ? Math.max(w.lastN, event.data.message.n) : w.lastN;
  return { ...patch(w, event, me), rev: event.data.rev, lastN };
}

/**
 * Makes up for events that were applied while a page of an earlier revision was on its way: those that came after
 * the page was read are applied to what it brought.
 */
export const replay = (w: Window, events: readonly ConversationEvent[], me: string): Window =>
  events.reduce((window, event) => patch(window, event, me), w);

/** With what I played, of the messages that are held; of one that was recalled there is nothing to play. */
export function withPlayed(w: Window, numbers: readonly number[]): Window {
  const news = numbers.filter((n) => !w.played.has(n) && (messageAt(w, n)?.body ?? null) !== null);
  return news.length === 0 ? w : { ...w, played: new Set([...w.played, ...news]) };
}

/** Without what is mine about messages that are not held any more. */
function holding(w: Window, messages: readonly Message[]): Window {
  const held = new Set(messages.map((m) => m.n));
  const mine = new Map([...w.mine].filter(([n]) => held.has(n)));
  const played = new Set([...w.played].filter((n) => held.has(n)));
  return { ...w, messages, mine, played };
}

/** Without what I deleted for myself. */
export function without(w: Window, numbers: readonly number[]): Window {
  const gone = new Set(numbers);
  const messages = w.messages.filter((m) => !gone.has(m.n));
  return messages.length === w.messages.length ? w : holding(w, messages);
}

/** Without what I cleared: nobody tells me of it any more, not even that it was recalled. */
export function above(w: Window, clearedN: number): Window {
  const from = placeOf(w.messages, clearedN + 1);
  return from === 0 ? w : { ...holding(w, w.messages.slice(from)), hasBefore: false };
}

/** At most `most` messages, trimmed at the end that is farther from what the person looks at. */
export function trim(w: Window, most: number, keep: 'start' | 'end'): Window {
  if (w.messages.length <= most) return w;
  const messages = keep === 'start' ? w.messages.slice(0, most) : w.messages.slice(-most);
  const trimmed = holding(w, messages);
  return keep === 'start' ? { ...trimmed, hasAfter: true } : { ...trimmed, hasBefore: true };
}
