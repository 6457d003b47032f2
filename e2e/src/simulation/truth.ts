import type { Conversation, Member, Message, Mine, Output } from '@inlay-im/protocol';
import type { World } from './world.ts';

/** A conversation as a fresh fetch gives it. */
export interface Room {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  readonly mine: ReadonlyMap<number, Mine>;
  readonly members: readonly Member[];
}

/** Everything of one person, fetched afresh and without a client. */
export interface Truth {
  readonly me: Output<'users.me'>['me'];
  readonly unread: Output<'conversations.unread'>;
  /** All of them, hidden ones included. */
  readonly rooms: ReadonlyMap<string, Room>;
  /** In the order of the list. */
  readonly shown: readonly Conversation[];
  readonly archived: readonly Conversation[];
}

type Call = World['node']['http'];

async function pages<P extends { next: string | null }>(
  fetch: (next: { next?: string }) => Promise<P>,
): Promise<P[]> {
  const all: P[] = [];
  for (let next: string | null | undefined; next !== null; ) {
    const page: P = await fetch(next === undefined ? {} : { next });
    all.push(page);
    next = page.next;
  }
  return all;
}

async function listed(call: Call, filter: { archived: boolean; hidden: boolean }): Promise<Conversation[]> {
  const found = await pages((next) => call('conversations.list', { limit: 3, filter, ...next }));
  return found.flatMap((page) => page.conversations);
}

async function room(call: Call, conversation: Conversation): Promise<Room> {
  const at = { conversation: conversation.id };
  const messages: Message[] = [];
  const mine = new Map<number, Mine>();
  for (let after = 0; ; after = messages.at(-1)?.n ?? 0) {
    const page = await call('messages.list', { ...at, after, limit: 200 });
    messages.push(...page.messages);
    for (const one of page.mine) mine.set(one.n, one);
    if (!page.hasAfter || page.messages.length === 0) break;
  }
  const members = await pages((next) => call('members.list', { ...at, limit: 100, ...next }));
  return { conversation, messages, mine, members: members.flatMap((page) => page.members) };
}

/** What the node says of a person's world, over HTTP. */
export async function truthOf(world: World, user: string): Promise<Truth> {
  const { node, app } = world;
  const token = await world.token(user);
  const { accessToken } = await node.http('auth.signInWithToken', { token, app, device: 'truth' });
  const call: Call = (op, input) => node.http(op, input, { authorization: `Bearer ${accessToken}` });
  const filters = [false, true].flatMap((hidden) => [false, true].map((archived) => ({ archived, hidden })));
  const [shown, archived, ...hidden] = await Promise.all(filters.map((filter) => listed(call, filter)));
  const all = [...(shown ?? []), ...(archived ?? []), ...hidden.flat()];
  const rooms = await Promise.all(all.map((conversation) => room(call, conversation)));
  return {
    me: (await call('users.me', {})).me,
    unread: await call('conversations.unread', {}),
    rooms: new Map(rooms.map((one) => [one.conversation.id, one])),
    shown: shown ?? [],
    archived: archived ?? [],
  };
}
