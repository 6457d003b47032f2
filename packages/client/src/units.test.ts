import { describe, expect, test } from 'bun:test';
import { beat, DEADLINE, SILENCE } from './connection/heartbeat.ts';
import { type ConversationView, listOf, viewOf } from './conversations/list.ts';
import { Later, laterStore } from './later.ts';
import { Cell, Computed } from './store.ts';
import { ManualClock, settle } from './testing/clock.ts';
import { Log, newSelf } from './testing/log.ts';
import { uuidv7 } from './uuid.ts';

describe('heartbeat', () => {
  test('asks after silence and gives up after the deadline', () => {
    expect(beat({ heardAt: 0, askedAt: null }, SILENCE - 1)).toEqual({ do: 'wait', until: SILENCE });
    expect(beat({ heardAt: 0, askedAt: null }, SILENCE)).toEqual({ do: 'ask' });
    const asked = { heardAt: 0, askedAt: SILENCE };
    expect(beat(asked, SILENCE + DEADLINE - 1)).toEqual({ do: 'wait', until: SILENCE + DEADLINE });
    expect(beat(asked, SILENCE + DEADLINE)).toEqual({ do: 'giveUp' });
    expect(beat({ ...asked, heardAt: SILENCE + 5 }, SILENCE + DEADLINE)).toMatchObject({ do: 'wait' });
  });
});

describe('uuidv7', () => {
  test('has time, version and variant where RFC 9562 wants them', () => {
    const id = uuidv7(
      0x017f22e279b0,
      new Uint8Array([0xcc, 0xc3, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]),
    );
    expect(id).toMatch(/^017f22e2-79b0-7ccc-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidv7(1, new Uint8Array(10).fill(255))).toMatch(/^00000000-0001-7fff-bfff-ffffffffffff$/);
  });
});

describe('the list', () => {
  const view = (id: string, activeAt: number, self: object, lastN = 5): ConversationView =>
    viewOf({ ...new Log(id, []).snapshot(''), activeAt, lastN, self: { ...newSelf(), ...self } });

  test('has pinned ones first, then the latest; archived ones apart; hidden ones until a message comes', () => {
    const list = listOf(
      [
        view('old', 1, {}),
        view('new', 9, {}),
        view('pinned', 2, { pinnedAt: 5 }),
        view('pinned later', 1, { pinnedAt: 6 }),
        view('archived', 8, { archived: true }),
        view('hidden', 7, { hiddenN: 5 }),
        view('back', 3, { hiddenN: 4 }),
      ],
      0,
    );
    expect(list.items.map((c) => c.id)).toEqual(['pinned later', 'pinned', 'new', 'back', 'old']);
    expect(list.archived.map((c) => c.id)).toEqual(['archived']);
  });

  test('tells the first message that mentions me and that I have not read', () => {
    const mentioned = { ...new Log('a', []).snapshot(''), lastN: 9, mentions: [2, 5, 7] };
    const first = (self: object) => viewOf({ ...mentioned, self: { ...newSelf(), ...self } }).mentionN;
    expect([first({}), first({ readN: 2 }), first({ clearedN: 5 }), first({ ownN: 8 })]).toEqual([
      2,
      5,
      7,
      null,
    ]);
    expect(viewOf({ ...mentioned, self: null }).mentionN).toBe(null);
  });

  test('counts what is unread, muted and archived ones apart', () => {
    const all = [
      view('a', 1, { readN: 3 }),
      view('own', 1, { ownN: 5 }),
      view('muted', 1, { mutedUntil: 100 }),
      view('no longer muted', 1, { mutedUntil: 10, readN: 4 }),
      view('flagged', 1, { readN: 5, markedUnread: true }),
      view('archived', 1, { archived: true, readN: 4 }),
    ];
    expect(listOf(all, 50).unread).toEqual({ messages: 3, conversations: 3, mutedMessages: 6 });
  });
});

describe('a part that is loaded later', () => {
  test('is asked for again until it is there, and its stores tell then', async () => {
    const clock = new ManualClock();
    const inner = new Cell('there');
    let asked = 0;
    const part = new Later(async () => {
      asked += 1;
      if (asked === 1) throw new TypeError('no network');
      return inner;
    }, clock);
    const store = laterStore(part, 'not yet', (cell) => cell);
    let told = 0;
    const stop = store.subscribe(() => (told += 1));
    const gone = store.subscribe(() => (told += 100));
    gone();
    await settle();
    expect([store.get(), told, asked]).toEqual(['not yet', 0, 1]);
    await clock.advance(5000);
    expect([store.get(), told, asked]).toEqual(['there', 1, 2]);
    inner.set('changed');
    expect(told).toBe(2);
    stop();
    inner.set('unheard');
    expect([told, inner.watched]).toEqual([2, false]);
  });
});

describe('computed stores', () => {
  test('work once per burst and tell only of a change', async () => {
    let source = 1;
    let worked = 0;
    let told = 0;
    const store = new Computed(() => {
      worked += 1;
      return source > 1 ? 'many' : 'one';
    });
    store.subscribe(() => (told += 1));
    expect(store.get()).toBe('one');
    for (source = 2; source < 10; source += 1) store.touch();
    await settle();
    expect([worked, told, store.get()]).toEqual([2, 1, 'many']);
    store.touch();
    await settle();
    expect(told).toBe(1);
  });
});
