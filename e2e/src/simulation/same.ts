import { expect } from 'bun:test';
import { type Conversation, unreadCount } from '@inlay-im/protocol';
import type { Device } from './device.ts';
import type { Room, Truth } from './truth.ts';

/** Where conversations stand in the list; those of one moment may stand either way round. */
const places = (all: readonly Conversation[]): unknown[] =>
  all.map(({ self, activeAt }) => [self?.pinnedAt, activeAt]);

function list(held: readonly Conversation[], fresh: readonly Conversation[]): void {
  expect(held.map(({ id }) => id).toSorted()).toEqual(fresh.map(({ id }) => id).toSorted());
  expect(places(held)).toEqual(places(fresh));
}

/** The messages that a device shows of a conversation, as far as it loaded them. */
function timeline(device: Device, id: string, room: Room): void {
  const { timeline: shown } = device.conversation(id);
  const view = shown.get();
  expect(view.ready).toBe(true);
  const rows = shown.messages().filter(({ state }) => state === 'sent');
  expect(new Set(view.keys).size).toBe(view.keys.length);
  const first = view.hasBefore ? (rows[0]?.n ?? Number.POSITIVE_INFINITY) : 0;
  const last = view.hasAfter ? (rows.at(-1)?.n ?? 0) : Number.POSITIVE_INFINITY;
  const stored = room.messages.filter(({ n }) => n >= first && n <= last);
  const fresh = stored.map(({ rev: _, ...message }) => ({
    ...message,
    mine: (room.mine.get(message.n)?.emojis ?? []).toSorted(),
    played: room.mine.get(message.n)?.played ?? false,
  }));
  const held = rows.map((row) => {
    const { key: _, state: __, error: ___, pending: ____, uploads: _____, mine, ...message } = row;
    return { ...message, mine: mine.toSorted() };
  });
  expect(held as unknown[]).toEqual(fresh as unknown[]);
  expect(rows.some(({ pending }) => pending)).toBe(false);
}

function members(device: Device, id: string, room: Room): void {
  const { items, complete } = device.conversation(id).members.get();
  expect(complete).toBe(true);
  const byUser = (a: { user: string }, b: { user: string }) => (a.user < b.user ? -1 : 1);
  expect(items.toSorted(byUser)).toEqual(room.members.toSorted(byUser));
}

/** [L7] At rest, what a device holds equals what is fetched afresh. */
export function expectSame(device: Device, truth: Truth): void {
  const { client } = device;
  expect(client.me.get() as unknown).toEqual(truth.me);
  const { items, archived, unread } = client.conversations.get();
  list(items, truth.shown);
  list(archived, truth.archived);
  for (const [id, room] of truth.rooms) {
    const { conversation } = room;
    const { self, lastN } = conversation;
    expect(device.conversation(id).info.get() as unknown).toEqual({
      ...conversation,
      unread: self ? unreadCount(lastN, self) : 0,
      mentionN: conversation.mentions[0] ?? null,
    });
    // What nobody looks at is brought up to date when it is opened.
    if (!device.shown.has(id)) continue;
    timeline(device, id, room);
    members(device, id, room);
  }
  expect(unread).toEqual(truth.unread);
}
