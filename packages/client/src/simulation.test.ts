import { describe, expect, test } from 'bun:test';
import type { ConversationHandle } from './conversations/handle.ts';
import { memoryStorage } from './storage/memory.ts';
import { settle } from './testing/clock.ts';
import { numbers } from './testing/numbers.ts';
import { type Scene, scene } from './testing/setup.ts';

interface Actor {
  readonly user: string;
  readonly chat: ReturnType<Scene['client']>;
  readonly handle: ConversationHandle;
}

const EMOJIS = ['👍', '🎉'];

/** One thing that somebody does; what the node refuses is rolled back and of no further interest. */
function act(actor: Actor, random: () => number, i: number): void {
  const { handle } = actor;
  const n = 1 + Math.floor(random() * 12);
  const held = handle.timeline.messages().some((m) => m.n === n);
  const quiet = (done: Promise<unknown>) => void done.catch(() => {});
  const what = random();
  const all = i % 3 === 0 ? ['ann', 'bob'] : [];
  const one = i % 4 === 0 ? ['ann'] : [];
  const naming = (people: string[]) => people.map((user) => ` @${user}`).join('');
  if (what < 0.5) handle.send(`${actor.user} ${i}${naming(all)}`, { mentions: all });
  else if (what < 0.6 && held) quiet(handle.edit(n, `edited ${i}${naming(one)}`, one));
  else if (what < 0.75 && held) quiet(handle.react(n, EMOJIS[i % 2] as string));
  else if (what < 0.8 && held) quiet(handle.delete([n]));
  else if (what < 0.83 && held) quiet(handle.played(n));
  else if (what < 0.85 && held) quiet(handle.recall(n));
  else if (what < 0.9) handle.markRead();
  else quiet(handle.updateSelf({ draft: `draft ${i}` }));
}

/** Drops replies, requests and durable events (the others are not lost while a connection holds), repeats events, and cuts connections, until told to stop. */
function disturb(s: Scene, random: () => number): () => void {
  const tell = s.node.tell.bind(s.node);
  s.node.fault = (op) => {
    if (op.startsWith('session.')) return undefined;
    const what = random();
    return what < 0.05 ? 'noAnswer' : what < 0.1 ? 'lost' : what < 0.15 ? 'busy' : undefined;
  };
  s.node.tell = (user, event, except) => {
    const what = event.event === 'receipt.changed' ? 1 : random();
    if (what < 0.1) return;
    tell(user, event, except);
    if (what < 0.2) tell(user, event, except);
  };
  return () => {
    s.node.fault = () => undefined;
    s.node.tell = tell;
  };
}

/** Everything that a device shows of the room, and what the node has for it. */
function views(s: Scene, { user, handle }: Actor) {
  const log = s.node.logs.get('room');
  if (!log) throw new Error('no room');
  const page = log.list(user, { limit: 1000 });
  const {
    unread: _,
    mentionN: __,
    ...info
  } = handle.info.get() as NonNullable<ReturnType<typeof handle.info.get>>;
  const row = (
    m: { n: number | null; id: string; body: unknown; reactions: unknown },
    mine: readonly string[],
    played: boolean,
  ) => ({ n: m.n, id: m.id, body: m.body, reactions: m.reactions, mine: mine.toSorted(), played });
  return {
    shown: { info, rows: handle.timeline.messages().map((m) => row(m, m.mine, m.played)) },
    stored: {
      info: log.snapshot(user),
      rows: page.messages.map((m) => {
        const mine = page.mine.find((one) => one.n === m.n);
        return row(m, mine?.emojis ?? [], mine?.played ?? false);
      }),
    },
  };
}

async function simulate(seed: number): Promise<void> {
  const random = numbers(seed);
  const s = scene();
  s.node.group('room', ['ann', 'bob']);
  const actors: Actor[] = [];
  for (const user of ['ann', 'ann', 'bob']) {
    const chat = s.client({ storage: memoryStorage(), random });
    await chat.signIn({ token: user });
    const handle = chat.conversation('room');
    handle.timeline.subscribe(() => {});
    actors.push({ user, chat, handle });
  }
  await settle();
  const sent = disturb(s, random);
  for (let i = 0; i < 40; i += 1) {
    act(actors[Math.floor(random() * actors.length)] as Actor, random, i);
    if (random() < 0.08) s.node.cut();
    if (random() < 0.5) await s.clock.advance(Math.floor(random() * 3000));
  }
  sent();
  s.node.cut();
  await s.clock.advance(120_000);
  for (const actor of actors) {
    const { shown, stored } = views(s, actor);
    expect(shown).toEqual(stored);
  }
  const log = s.node.logs.get('room');
  expect(new Set(log?.messages.map((m) => m.id)).size).toBe(log?.messages.length as number);
}

describe('[L2] [L4] [L5] [L6] [L7] three devices of two people, with losses, repeats and cuts, end in step', () => {
  for (let seed = 1; seed <= 100; seed += 1) test(`seed ${seed}`, () => simulate(seed));
});
