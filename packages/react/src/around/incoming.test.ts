import { describe, expect, test } from 'bun:test';
import type { ConversationView } from '@inlay-im/client';
import type { Message, Self } from '@inlay-im/protocol';
import { incomingOf, isQuiet, knownOf } from './incoming.ts';

const NOW = 1_800_000_000_000;

const message = (over: Partial<Message> = {}): Message => ({
  conversation: 'c',
  n: 5,
  id: '0193b1c0-0000-7000-8000-000000000001',
  rev: 5,
  sender: 'ben',
  at: NOW,
  body: { kind: 'text', text: 'Hello' },
  replyTo: null,
  mentions: [],
  priority: 'normal',
  silent: false,
  editedAt: null,
  recalledAt: null,
  recalledBy: null,
  reactions: [],
  ...over,
});

const self = (over: Partial<Self> = {}): Self => ({
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
  rev: 1,
  ...over,
});

/** As much of an entry of the list as is looked at. */
const entry = (preview: Message | null, mine: Self | null = self()) =>
  ({ id: 'c', lastN: 5, preview, self: mine }) as ConversationView;

const came = (preview: Message | null, known = new Map([['c', 4]])) =>
  incomingOf([entry(preview)], known, { me: 'ann', since: NOW - 1000 }).length;

describe('a message has come in', () => {
  test('when the conversation has a higher number than was known', () => {
    expect(came(message())).toBe(1);
    expect(came(message(), new Map(knownOf([entry(message())])))).toBe(0);
  });

  test('but not when it is mine, was taken back, or is what the server said', () => {
    expect(came(message({ sender: 'ann' }))).toBe(0);
    expect(came(message({ body: null }))).toBe(0);
    const body = {
      kind: 'system',
      event: 'memberJoined',
      actor: null,
      users: [],
      count: 1,
      title: null,
      role: null,
    };
    expect(came(message({ body: body as Message['body'] }))).toBe(0);
  });

  test('not when what is shown is an earlier message than the last', () => {
    expect(came(message({ n: 4 }))).toBe(0);
    expect(came(null)).toBe(0);
  });

  test('in a conversation that was not known only if it is new', () => {
    expect(came(message(), new Map())).toBe(1);
    expect(came(message({ at: NOW - 5000 }), new Map())).toBe(0);
  });
});

describe('a message calls for attention', () => {
  const quiet = (over: Partial<Message>, mine: Partial<Self> | null = {}) =>
    isQuiet({ conversation: entry(null, mine && self(mine)), message: message(over) }, 'ann', NOW);

  test('but for low and silent ones', () => {
    expect(quiet({})).toBe(false);
    expect(quiet({ priority: 'low' })).toBe(true);
    expect(quiet({ silent: true })).toBe(true);
  });

  test('in a muted conversation only if it mentions me', () => {
    expect(quiet({}, { mutedUntil: NOW + 1 })).toBe(true);
    expect(quiet({ mentions: ['ann'] }, { mutedUntil: NOW + 1 })).toBe(false);
    expect(quiet({ mentions: ['ben'] }, { mutedUntil: NOW + 1 })).toBe(true);
    expect(quiet({}, { mutedUntil: NOW - 1 })).toBe(false);
  });

  test('never in an archived one, or one that I only read', () => {
    expect(quiet({ mentions: ['ann'] }, { archived: true })).toBe(true);
    expect(quiet({}, null)).toBe(true);
  });
});
