import { expect } from 'bun:test';
import type { Body, Message } from '@inlay-im/protocol';
import type { Device } from './device.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

/** Letters that are told around what should not be there. */
const AROUND = 500;

interface Stored {
  conversation: string;
  id: string;
  n: number;
  rev: number;
  body: Body | null;
}

async function stored({ node, app }: World): Promise<Stored[]> {
  return (await node.db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.pk', 'messages.conversation')
    .innerJoin('apps', 'apps.pk', 'conversations.app')
    .select([
      'conversations.id as conversation',
      'messages.id',
      'messages.n',
      'messages.rev',
      'messages.body',
    ])
    .where('apps.id', '=', app)
    .orderBy('conversations.id')
    .orderBy('messages.n')
    .execute()) as Stored[];
}

/** [L1] [L2] [L3] [L4] What was acknowledged is there once, with its number; numbers are dense. */
async function expectKept(world: World): Promise<Stored[]> {
  const all = await stored(world);
  for (const [, rows] of Map.groupBy(all, ({ conversation }) => conversation)) {
    expect(rows.map(({ n }) => n)).toEqual(rows.map((_, i) => i + 1));
  }
  const byId = Map.groupBy(all, ({ id }) => id);
  for (const { id, conversation, ack } of world.ledger.attempts) {
    const copies = byId.get(id) ?? [];
    expect(copies.length, `copies of ${id}`).toBeLessThanOrEqual(1);
    if (ack)
      expect(
        copies.map((row) => [row.conversation, row.n]),
        `[L1] ${id}`,
      ).toEqual([[conversation, ack.n]]);
  }
  const written = new Set(world.ledger.attempts.map(({ id }) => id));
  const strange = all.filter(({ id, body }) => body?.kind !== 'system' && !written.has(id));
  expect(strange, '[L4] messages that nobody wrote').toEqual([]);
  return all;
}

/** [L8] No word of a recalled message is left on any device, in its storage, or at the node. */
async function expectForgotten(world: World, all: readonly Stored[]): Promise<void> {
  const gone = all.filter(({ body }) => body === null).flatMap(({ id }) => world.ledger.words.get(id) ?? []);
  const edits = await world.node.db.selectFrom('message_edits').select('body').execute();
  const places = new Map([
    ['the edits', JSON.stringify(edits)],
    ['the messages', JSON.stringify(all)],
  ]);
  for (const device of world.devices) {
    const rows = device.known
      .flatMap((id) => device.conversation(id).timeline.messages())
      .filter(({ state }) => state === 'sent');
    places.set(`the storage of ${device.name}`, await device.witness.text());
    places.set(`the screen of ${device.name}`, JSON.stringify([device.client.conversations.get(), rows]));
  }
  for (const words of gone) {
    for (const [name, place] of places) {
      const at = place.indexOf(words);
      if (at >= 0)
        throw new Error(
          `[L8] ${words} is still in ${name}: ${place.slice(Math.max(0, at - AROUND), at + AROUND)}`,
        );
    }
  }
}

/** [L8] A file is kept by the messages that carry it, and by none that was recalled. */
async function expectFilesKept({ node, app }: World, all: readonly Stored[]): Promise<void> {
  const rows = await node.db
    .selectFrom('message_files as f')
    .innerJoin('conversations', 'conversations.pk', 'f.conversation')
    .innerJoin('apps', 'apps.pk', 'conversations.app')
    .select(['conversations.id as conversation', 'f.n', 'f.file', 'f.kind'])
    .where('apps.id', '=', app)
    .orderBy('conversations.id')
    .orderBy('f.n')
    .orderBy('f.i')
    .execute();
  const carried = all.flatMap(({ conversation, n, body }) =>
    body?.kind === 'media' ? body.items.map(({ file, kind }) => ({ conversation, n, file, kind })) : [],
  );
  expect(rows, '[L8] files').toEqual(carried);
}

/** [L6] What the node acknowledged as read or received stayed so. */
function expectMarked(world: World, truths: ReadonlyMap<string, Truth>): void {
  for (const { user, conversation, readN, deliveredN } of world.ledger.marks) {
    const self = truths.get(user)?.rooms.get(conversation)?.conversation.self;
    if (!self) continue;
    expect(self.readN, '[L6]').toBeGreaterThanOrEqual(readN);
    expect(self.deliveredN, '[L6]').toBeGreaterThanOrEqual(deliveredN);
  }
}

/** Every message in a frame, wherever in it. */
function* messagesIn(value: unknown): Generator<Message> {
  if (typeof value !== 'object' || value === null) return;
  if ('n' in value && 'body' in value && 'conversation' in value) yield value as Message;
  else for (const part of Object.values(value)) yield* messagesIn(part);
}

/** The last message of a conversation that someone who is out of it may have got: the one before their leaving was told. */
function lastSeen(all: readonly Stored[], user: string): number | undefined {
  const out = all.findLast(
    ({ body }) =>
      body?.kind === 'system' && /^member(Left|Removed)$/.test(body.event) && body.users.includes(user),
  );
  return out && out.n - 1;
}

/** [L9] [L11] Nobody got anything of a conversation after they were out of it, or of another tenant at all. */
function expectPrivate(world: World, all: readonly Stored[], truths: ReadonlyMap<string, Truth>): void {
  const rooms = Map.groupBy(all, ({ conversation }) => conversation);
  const bounds = new Map<string, number>();
  for (const user of world.people) {
    for (const [id, rows] of rooms) {
      const last = truths.get(user)?.rooms.has(id) ? undefined : lastSeen(rows, user);
      if (last !== undefined) bounds.set(`${user} ${id}`, last);
    }
  }
  for (const { user, frame } of world.ledger.frames) {
    for (const [words] of frame.matchAll(/‹[^›]*›/g))
      expect(words, '[L11]').toStartWith(`‹${world.options.tag}.`);
    if (bounds.size === 0) continue;
    for (const { conversation, n } of messagesIn(JSON.parse(frame))) {
      const bound = bounds.get(`${user} ${conversation}`);
      if (bound !== undefined && n > bound)
        expect(`${user} got ${frame}`, '[L9]').toBe(`nothing after ${bound}`);
    }
  }
}

/** [L9] A device keeps nothing of what its person is out of. */
async function expectLetGo(device: Device, truth: Truth): Promise<void> {
  const windows = (await device.witness.all('windows')) as { messages: Message[] }[];
  const held = windows.flatMap(({ messages }) => messages.map(({ conversation }) => conversation));
  const known = (await device.witness.all('conversations')) as { id: string }[];
  const strange = [...held, ...known.map(({ id }) => id), ...device.known].filter(
    (id) => !truth.rooms.has(id),
  );
  expect(strange, `[L9] ${device.name}`).toEqual([]);
}

/** All that holds whatever happened, but that devices equal the node. */
export async function expectInvariants(world: World, truths: ReadonlyMap<string, Truth>): Promise<void> {
  const all = await expectKept(world);
  expectMarked(world, truths);
  expectPrivate(world, all, truths);
  for (const device of world.devices) {
    expect(device.witness.wrong, `[L5] [L6] ${device.name}`).toEqual([]);
    await expectLetGo(device, truths.get(device.user) as Truth);
  }
  await expectForgotten(world, all);
  await expectFilesKept(world, all);
}
