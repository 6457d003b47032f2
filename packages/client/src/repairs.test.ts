import { describe, expect, test } from 'bun:test';
import type { Conversation, Self } from '@inlay-im/protocol';
import { ConversationCore, type Surroundings } from './conversations/core.ts';
import { Members } from './conversations/members.ts';
import { InlayError } from './requests/errors.ts';
import { memoryStorage } from './storage/memory.ts';
import type { Storage } from './storage/storage.ts';
import { settle } from './testing/clock.ts';
import { Log } from './testing/log.ts';
import { scene } from './testing/setup.ts';

const stored = async (storage: Storage): Promise<string> => JSON.stringify(await storage.all('windows'));

/** Ann looked at a room whose only message is Bob's, and it is in storage. */
async function cached() {
  const s = scene();
  const storage = memoryStorage();
  const log = s.node.group('room', ['ann', 'bob']);
  s.node.send('room', 'bob', 'm1', 'a secret');
  const chat = s.client({ storage });
  await chat.signIn({ token: 'ann' });
  const handle = chat.conversation('room');
  const stop = handle.timeline.subscribe(() => {});
  await s.clock.advance(1000);
  expect(await stored(storage)).toContain('a secret');
  return { ...s, log, chat, handle, storage, stop };
}

describe('[L8] what storage keeps', () => {
  test('loses the last message of a conversation when it is deleted for me', async () => {
    const { handle, clock, storage } = await cached();
    await handle.delete([1]);
    await clock.advance(1000);
    expect(await stored(storage)).not.toContain('a secret');
  });

  test('loses a recalled message though nobody looks at the conversation', async () => {
    const s = await cached();
    await s.chat.disconnect();
    const again = s.client({ storage: s.storage });
    await again.connect();
    await s.clock.advance(1000);
    expect(await stored(s.storage)).toContain('a secret');
    s.node.publish(s.log, s.log.recall(1));
    await s.clock.advance(1000);
    expect(await stored(s.storage)).not.toContain('a secret');
  });

  test('loses each of several messages that are recalled at once', async () => {
    const s = await cached();
    s.node.send('room', 'bob', 'm2', 'another secret');
    await s.clock.advance(1000);
    await s.chat.disconnect();
    await s.client({ storage: s.storage }).connect();
    await s.clock.advance(1000);
    expect(await stored(s.storage)).toContain('another secret');
    s.node.publish(s.log, s.log.recall(1));
    s.node.publish(s.log, s.log.recall(2));
    await s.clock.advance(1000);
    expect(await stored(s.storage)).not.toContain('secret');
  });
});

/** A conversation on its own, and what it told of members and asked for. */
function alone(log: Log) {
  const told: unknown[] = [];
  const asked: string[] = [];
  const around: Surroundings = {
    call: async (op) => {
      asked.push(op);
      if (op === 'messages.list') return log.list('ann', {}) as never;
      return log.changes('ann', { rev: 0 }) as never;
    },
    clock: scene().clock,
    me: () => 'ann',
    up: () => true,
    stored: async () => undefined,
    changed: () => {},
    members: (_, members) => told.push(members),
    heard: () => {},
    recalled: () => {},
    gone: () => {},
  };
  return { core: new ConversationCore('room', around), around, told, asked };
}

test('[L8] what I cleared is held no longer, as nobody would tell that it was recalled', async () => {
  const log = new Log('room', ['ann', 'bob']);
  for (const id of ['m1', 'm2', 'm3']) log.send('bob', id, id);
  const { core } = alone(log);
  await core.reach(3);
  await core.open();
  const held = () => core.window?.messages.map(({ n }) => n);
  expect(held()).toEqual([1, 2, 3]);
  const self = log.snapshot('ann').self as Self;
  core.self({ ...self, rev: self.rev + 1, clearedN: 2 });
  expect(held()).toEqual([3]);
  expect(core.window?.hasBefore).toBe(false);
});

describe('[L5] what is missing', () => {
  test('is fetched whenever it is told of, also at the very end of another fetch', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      const log = new Log('room', ['ann', 'bob']);
      log.send('bob', 'm1', 'hello');
      const reply = Promise.withResolvers<void>();
      const call = async () => {
        await reply.promise;
        return { ...log.changes('ann', { rev: 0 }), conversation: log.snapshot('ann') } as never;
      };
      const around = { ...alone(log).around, call };
      const core = new ConversationCore('room', around);
      void core.reach(1);
      await settle();
      reply.resolve();
      for (let i = 0; i < turns; i += 1) await Promise.resolve();
      log.send('bob', 'm2', 'and again');
      void core.reach(2);
      await settle();
      expect([turns, core.data?.rev]).toEqual([turns, 2]);
    }
  });
});

describe('[L7] what someone looks at', () => {
  test('is loaded anew when it was left and is back', async () => {
    const log = new Log('room', ['ann', 'bob']);
    log.send('bob', 'm1', 'hello');
    const { core, asked } = alone(log);
    core.snapshot(log.snapshot('ann'));
    await core.open();
    core.reset();
    expect(core.window).toBeUndefined();
    core.snapshot(log.snapshot('ann'));
    await settle();
    expect(asked.filter((op) => op === 'messages.list')).toHaveLength(2);
    expect(core.window?.messages.map(({ n }) => n)).toEqual([1]);
  });

  test('tells members that an event brings after a report raised the entry past it', async () => {
    const log = new Log('room', ['ann', 'bob']);
    log.send('bob', 'm1', 'hello');
    const { core, told } = alone(log);
    core.snapshot(log.snapshot('ann'));
    await core.open();
    told.length = 0;
    const ahead: Conversation = { ...log.snapshot('ann'), rev: log.rev + 1, memberCount: 3 };
    core.snapshot(ahead);
    const member = {
      user: 'cid',
      role: 'member',
      nickname: null,
      joinedAt: 1,
      rev: ahead.rev,
      left: false,
    } as const;
    const data = { conversation: 'room', rev: ahead.rev, members: [member], memberCount: 3 };
    core.event({ event: 'member.changed', data });
    expect(told).toEqual([[member]]);
  });
});

describe('[L7] [L9] members that someone looks at', () => {
  const ann = { user: 'ann', role: 'owner', nickname: null, joinedAt: 1, rev: 2, left: false } as const;

  test('are loaded once they are mine to see, and forgotten when they are not any more', async () => {
    let mine = false;
    const call = async () => {
      if (!mine) throw new InlayError('not_found', 'not in it');
      return { members: [ann], next: null };
    };
    const members = new Members('room', call as never, scene().clock);
    members.subscribe(() => {});
    await settle();
    expect(members.get()).toEqual({ items: [], complete: false, loading: false });
    mine = true;
    members.heard([ann]);
    await settle();
    expect(members.get()).toEqual({ items: [ann], complete: true, loading: false });
    members.heard(null);
    expect(members.get().items).toEqual([]);
  });
});
