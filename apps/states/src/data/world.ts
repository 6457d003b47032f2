import type { NewFile } from '@inlay-im/client';
import type { Conversation, Member, Message, Mine, Role, Self, User } from '@inlay-im/protocol';
import { directId, type WireError } from '@inlay-im/protocol/rules';
import { ANN } from './people.ts';

const MINUTE = 60_000;

/** The time so many minutes ago. */
export const ago = (minutes: number): number => Date.now() - minutes * MINUTE;

/** How the client stands with its node. `stopped`: it gave up, as the node does not speak its version any more. */
export type Link = 'online' | 'offline' | 'connecting' | 'waiting' | 'syncing' | 'stopped';

/** A message, of which only what matters is said; it is Ben's and of a minute ago unless it says otherwise. */
export interface Written extends Partial<Message> {
  readonly text?: string;
  /** How long ago it was sent. */
  readonly minutes?: number;
}

/** What I wrote and the node does not have. With `error` it was refused. */
export interface Waiting {
  readonly body: Exclude<Message['body'], null | { kind: 'system' }>;
  readonly replyTo: number | null;
  readonly error?: WireError;
}

/** Files that I send, and how far they are. */
export interface Uploading {
  readonly files: readonly NewFile[];
  readonly state: 'uploading' | 'paused' | 'failed';
}

export interface SceneOptions {
  readonly id: string;
  readonly info?: Partial<Conversation>;
  /** My side of it; null: I am no member. */
  readonly me?: Partial<Self> | null;
  readonly written?: readonly Written[];
  /** How many of them I have not read. */
  readonly unread?: number;
  readonly typing?: readonly string[];
  readonly roles?: Readonly<Record<string, Role>>;
  readonly waiting?: readonly Waiting[];
  readonly uploading?: readonly Uploading[];
  /** Numbers of the messages that I played. */
  readonly played?: readonly number[];
  /** My reactions, by the number of the message. */
  readonly mine?: readonly (readonly [n: number, emojis: string[]])[];
  /** Whether its messages ever come. */
  readonly loaded?: boolean;
}

/** One conversation as the node has it, and what goes on in it. */
export interface Scene {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  readonly mine: readonly Mine[];
  readonly members: readonly Member[];
  readonly typing: readonly string[];
  readonly waiting: readonly Waiting[];
  readonly uploading: readonly Uploading[];
  readonly loaded: boolean;
}

/** All that a state is drawn from. */
export interface World {
  /** Undefined: nobody is signed in. */
  readonly me: User | undefined;
  readonly link: Link;
  /** Whether the app has published emoji and stickers. */
  readonly publishes: boolean;
  /** What the app is called. */
  readonly app: string;
  readonly scenes: readonly Scene[];
  /** What a search for GIFs comes to. */
  readonly gifs?: 'found' | 'few' | 'nothing' | 'failed' | 'loading' | undefined;
}

/** A UUIDv7 that is the same for the same time and number. */
function idOf(at: number, n: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(n).padStart(12, '0')}`;
}

function messageOf(conversation: string, n: number, written: Written): Message {
  const { text, minutes, ...given } = written;
  const at = given.at ?? ago(minutes ?? 1);
  return {
    conversation,
    n,
    id: idOf(at, n),
    rev: n,
    sender: 'ben',
    at,
    body: text === undefined ? null : { kind: 'text', text },
    replyTo: null,
    mentions: [],
    priority: 'normal',
    silent: false,
    editedAt: null,
    recalledAt: null,
    recalledBy: null,
    reactions: [],
    ...given,
  };
}

function selfOf(given: Partial<Self>, messages: readonly Message[], readN: number): Self {
  const own = messages.findLast(({ sender }) => sender === ANN.id);
  return {
    role: 'member',
    joinedN: 0,
    readN,
    deliveredN: readN,
    clearedN: 0,
    ownN: Math.min(own?.n ?? 0, readN),
    markedUnread: false,
    mutedUntil: null,
    pinnedAt: null,
    archived: false,
    hiddenN: null,
    draft: null,
    nickname: null,
    rev: 1,
    ...given,
  };
}

function membersOf(messages: readonly Message[], roles: Readonly<Record<string, Role>>): Member[] {
  const said = messages.flatMap(({ sender }) => (sender === null ? [] : [sender]));
  const everyone = new Set([ANN.id, ...Object.keys(roles), ...said]);
  return [...everyone].map((user, i) => ({
    user,
    role: roles[user] ?? 'member',
    nickname: null,
    joinedAt: ago(60 * 24 * (90 - i)),
    rev: 1,
    left: false,
  }));
}

function mineOf({ mine = [], played = [] }: SceneOptions): Mine[] {
  const reacted = mine.map(([n, emojis]) => ({ n, emojis, played: played.includes(n) }));
  const others = played.filter((n) => !mine.some(([reactedTo]) => reactedTo === n));
  return [...reacted, ...others.map((n) => ({ n, emojis: [], played: true }))];
}

/** A group, unless `info` says otherwise, in which everything was read. */
export function scene(options: SceneOptions): Scene {
  const { id, info = {}, me = {}, written = [], unread = 0, roles = {} } = options;
  const lastN = info.lastN ?? written.length;
  const before = lastN - written.length;
  const messages = written.map((one, i) => messageOf(id, before + i + 1, one));
  const preview = messages.at(-1) ?? null;
  const members = membersOf(messages, roles);
  const conversation: Conversation = {
    id,
    kind: 'group',
    title: null,
    avatar: null,
    custom: null,
    history: 'start',
    posting: 'everyone',
    memberCount: members.length,
    createdAt: ago(60 * 24 * 90),
    rev: Math.max(1, lastN),
    activeAt: preview?.at ?? ago(10),
    others: { readN: 0, deliveredN: 0 },
    peer: null,
    self: me === null ? null : selfOf(me, messages, lastN - unread),
    preview,
    mentions: messages
      .filter((one) => one.n > lastN - unread && one.mentions.includes(ANN.id))
      .map(({ n }) => n),
    ...info,
    lastN,
  };
  return {
    conversation,
    messages,
    mine: mineOf(options),
    members,
    typing: options.typing ?? [],
    waiting: options.waiting ?? [],
    uploading: options.uploading ?? [],
    loaded: options.loaded ?? true,
  };
}

/** A direct conversation of Ann and someone. */
export const direct = (peer: User, options: Omit<SceneOptions, 'id'> = {}): Scene =>
  scene({
    ...options,
    id: directId(ANN.id, peer.id),
    info: { kind: 'direct', peer, memberCount: 2, ...options.info },
    roles: { [peer.id]: 'member' },
  });

/** A world that is Ann's and online, unless it says otherwise. */
export function world(given: Partial<World> = {}): World {
  return { me: ANN, link: 'online', app: 'Inlay', publishes: false, scenes: [], ...given };
}
