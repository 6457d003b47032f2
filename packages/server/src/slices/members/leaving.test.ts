import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createLocalHub } from '../../adapters/bus-local/index.ts';
import type { UserCaller } from '../../core/caller.ts';
import type { Log } from '../../log/index.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message, seeded, text } from '../../testing/scene.ts';
import { changes } from '../conversations/changes.ts';
import { edits } from '../messages/edits.ts';
import { get } from '../messages/get.ts';
import { list as listMessages } from '../messages/list.ts';
import { list as listReactions } from '../reactions/list.ts';

let a: TestNode;
let b: TestNode;
beforeAll(async () => {
  const hub = createLocalHub();
  a = await startTestNode({ bus: hub.join() });
  b = await startTestNode({ bus: hub.join(), database: a.database });
});
afterAll(async () => {
  await b.stop();
  await a.stop();
});

test('[L9] after removal nothing reaches any session of the member, on either node', async () => {
  await a.as('own', 'conversations.create', { id: 'live', kind: 'group', members: ['gone', 'stays'] });
  const gone = [await a.peer('gone'), await b.peer('gone'), await b.peer('gone')];
  const stays = await b.peer('stays');
  await a.as('own', 'members.remove', { conversation: 'live', users: ['gone'] });
  const { n } = await a.as('own', 'messages.send', message('live', 'about them'));
  await a.as('own', 'typing.set', { conversation: 'live', typing: true });
  await stays.event('message.new', (e) => e.message.n === n);
  for (const peer of gone) {
    await peer.event('conversation.left');
    await peer.call('session.ping', {});
    expect(peer.events.map((e) => e.event)).toEqual(['conversation.left']);
    expect(await codeOf(peer.call('conversations.get', { conversation: 'live' }))).toBe('not_found');
    expect(await codeOf(peer.call('messages.list', { conversation: 'live' }))).toBe('not_found');
    expect(await codeOf(peer.call('messages.send', message('live', 'still?')))).toBe('not_found');
  }
});

const RACES = 40;

test(`[L9] ${RACES} races between leaving and opening a session on either node: nothing sent afterwards arrives`, async () => {
  const random = seeded(9);
  await a.as('own', 'conversations.create', { id: 'race', kind: 'group', members: ['r'] });
  for (let round = 0; round < RACES; round++) {
    const [opens, removes] = [random() < 0.5 ? a : b, random() < 0.5 ? a : b];
    const turns = Math.floor(random() * 6);
    const opening = Array.from({ length: 3 }, () => opens.peer('r'));
    const removing = (async () => {
      for (let i = 0; i < turns; i++) await removes.as('own', 'users.me', {});
      await removes.as('own', 'members.remove', { conversation: 'race', users: ['r'] });
      return await removes.as('own', 'messages.send', message('race', `after ${round}`));
    })();
    const { n } = await removing;
    for (const peer of await Promise.all(opening)) {
      await peer.call('session.ping', {});
      const seen = peer.of('message.new').filter((e) => e.message.n >= n);
      expect({ round, seen }).toEqual({ round, seen: [] });
      expect((peer.opened.sync.conversations[0]?.lastN ?? 0) < n).toBe(true);
      peer.close();
    }
    await a.as('own', 'members.add', { conversation: 'race', users: ['r'] });
  }
});

test('who is added while a session is being opened follows from then on', async () => {
  await a.as('own', 'conversations.create', { id: 'arrive', kind: 'group' });
  for (let round = 0; round < 15; round++) {
    const who = `arrival${round}`;
    const [peer] = await Promise.all([
      b.peer(who),
      a.as('own', 'members.add', { conversation: 'arrive', users: [who] }),
    ]);
    const { n } = await a.as('own', 'messages.send', message('arrive', `${round}`));
    await peer.event('message.new', (e) => e.message.n === n);
    peer.close();
  }
});

test('a view that was asked for before a removal and answered after it shows nothing', async () => {
  await a.as('own', 'conversations.create', { id: 'stale', kind: 'group', members: ['late'] });
  await a.as('own', 'messages.send', message('stale', 'private'));
  const late = await a.peer('late');
  await late.call('messages.list', { conversation: 'stale' });
  // As if the word of the removal had not come to this node yet: its memory still says member.
  await a.db.updateTable('members').set({ left_at: new Date() }).where('user_id', '=', 'late').execute();
  for (const call of [
    () => late.call('messages.list', { conversation: 'stale' }),
    () => late.call('messages.get', { conversation: 'stale', n: 1 }),
    () => late.call('conversations.get', { conversation: 'stale' }),
    () => late.call('conversations.changes', { conversation: 'stale', rev: 0, n: 0 }),
    () => late.call('messages.edits', { conversation: 'stale', n: 1 }),
    () => late.call('reactions.list', { conversation: 'stale', n: 1 }),
  ]) {
    expect(await codeOf(call())).toBe('not_found');
  }
  expect((await late.call('members.list', { conversation: 'stale' })).members).toEqual([]);
  expect((await late.call('receipts.list', { conversation: 'stale' })).receipts).toEqual([]);
});

/** The node's log, whose `turn`th read is followed by `between` before its reader hears of it. */
function interrupted(turn: number, between: () => Promise<void>): { log: Log; reads: () => number } {
  let reads = 0;
  const db = a.db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      reads += 1;
      if (reads === turn) await between();
      return result;
    },
  });
  return { log: { ...a.log, db }, reads: () => reads };
}

type Read = (log: Log, caller: UserCaller, conversation: string) => PromiseLike<unknown>;

/** Reads that look at the caller's standing first, and then at what it lets see. */
const IN_STEPS: Record<string, Read> = {
  'conversations.changes': (log, caller, conversation) =>
    changes(log)(caller, { conversation, rev: 0, n: 0, limit: 50 }),
  'messages.list': (log, caller, conversation) => listMessages(log)(caller, { conversation, limit: 50 }),
  'messages.list around': (log, caller, conversation) =>
    listMessages(log)(caller, { conversation, around: 2, limit: 50 }),
  'messages.get': (log, caller, conversation) => get(log)(caller, { conversation, n: 2 }),
  'messages.edits': (log, caller, conversation) => edits(log)(caller, { conversation, n: 2 }),
  'reactions.list': (log, caller, conversation) =>
    listReactions(log)(caller, { conversation, n: 2, limit: 50 }),
};

const READS = Object.entries(IN_STEPS).flatMap(([name, read]) => [
  { name, read, again: false },
  { name, read, again: true },
]);

for (const { name, read, again } of READS) {
  const when = again ? 'a removal and a new joining' : 'a removal';
  test(`[L9] ${name} shows nothing from after ${when} that fell between its reads`, async () => {
    for (let turn = 1, more = true; more; turn++) {
      const id = `between.${Bun.randomUUIDv7()}`;
      await a.as('own', 'conversations.create', { id, kind: 'group', members: ['r'] });
      const { n } = await a.as('own', 'messages.send', message(id, 'before'));
      expect(n).toBe(2);
      await a.as('own', 'messages.edit', { conversation: id, n, body: text('before, edited') });
      await a.as('own', 'reactions.add', { conversation: id, n, emoji: '👍' });
      const caller: UserCaller = {
        app: { pk: 1, id: 'default' },
        user: 'r',
        device: null,
        scopes: null,
        session: null,
        address: '127.0.0.1',
      };
      const { log, reads } = interrupted(turn, async () => {
        await a.as('own', 'members.remove', { conversation: id, users: ['r'] });
        await a.as('own', 'messages.send', message(id, 'secret'));
        await a.as('own', 'messages.edit', { conversation: id, n, body: text('secret') });
        await a.as('own', 'messages.edit', { conversation: id, n, body: text('secret too') });
        await a.as('own', 'reactions.add', { conversation: id, n, emoji: '🤫' });
        await a.as('own', 'members.add', { conversation: id, users: ['secretary'] });
        if (again) await a.as('own', 'members.add', { conversation: id, users: ['r'] });
      });
      // Warms the directory, as a removal that it has not heard of yet would find it.
      await a.as('r', 'conversations.get', { conversation: id });
      const seen = JSON.stringify(
        await Promise.resolve(read(log, caller, id)).catch((e: Error) => e.message),
      );
      expect(seen).not.toMatch(/secret|🤫|memberLeft/);
      more = reads() >= turn;
      // The last turn was not interrupted.
      if (!more) expect(seen).toMatch(/before|👍/);
    }
  });
}
