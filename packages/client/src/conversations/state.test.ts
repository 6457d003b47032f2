import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import type { ConversationEvent } from '../events.ts';
import { Log, newSelf } from '../testing/log.ts';
import { catchUp, EMPTY, extend, replay, trim, windowOf, without, withPlayed } from '../timeline/window.ts';
import { viewOf } from './list.ts';
import { mergeSelf, mergeSnapshot } from './merge.ts';
import { applyEvent, type ConversationState } from './state.ts';

const ME = 'ann';

const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), who: fc.constantFrom(ME, 'bob') }) },
  fc.record({ do: fc.constant('edit' as const), n: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ do: fc.constant('recall' as const), n: fc.integer({ min: 1, max: 12 }) }),
  fc.record({
    do: fc.constant('react' as const),
    who: fc.constantFrom(ME, 'bob'),
    n: fc.integer({ min: 1, max: 12 }),
    on: fc.boolean(),
  }),
  fc.record({ do: fc.constant('rename' as const) }),
  fc.record({ do: fc.constant('play' as const), n: fc.integer({ min: 1, max: 12 }) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function perform(log: Log, what: Change, i: number): ConversationEvent | undefined {
  switch (what.do) {
    case 'send':
      return log.send(what.who, `m${i}`, i % 3 === 0 ? `text ${i} @${ME}` : `text ${i}`).event;
    case 'edit':
      return log.edit(what.n, i % 4 === 0 ? `edit ${i} @${ME}` : `edit ${i}`);
    case 'recall':
      return log.recall(what.n);
    case 'react':
      return log.react(what.who, what.n, '👍', what.on);
    case 'rename':
      return log.rename(`title ${i}`);
    case 'play':
      log.play(ME, what.n);
      return undefined;
  }
}

/** Fetches what is missing the way the client does: in pages, taken in together. */
function repair(log: Log, state: ConversationState, limit: number): ConversationState {
  const window = state.window ?? EMPTY;
  const messages = [];
  const mine = [];
  let from: { rev: number; n: number } | null = { rev: window.rev, n: window.lastN };
  let conversation = log.snapshot(ME);
  while (from !== null) {
    const page = log.changes(ME, { rev: from.rev, limit });
    messages.push(...page.messages);
    mine.push(...page.mine);
    conversation = page.conversation;
    from = page.next;
  }
  return {
    data: mergeSnapshot(state.data, conversation),
    window: catchUp(window, { conversation, messages, mine }),
  };
}

/** What I played is told by my own revision, as an event or by a sync: whenever it comes, it adds up. */
const played = (log: Log, state: ConversationState): ConversationState => ({
  ...state,
  window: state.window && withPlayed(state.window, [...(log.played.get(ME) ?? [])]),
});

const fresh = (log: Log): ConversationState => ({
  data: log.snapshot(ME),
  window: windowOf(log.list(ME, { limit: 1000 })),
});

/** With what of the entry is worked out from it, as mentions that I have read since stay in it. */
const asSeen = ({ data, window }: ConversationState) => ({ data: data && viewOf(data), window });

describe('revisions', () => {
  test('[L5] [L7] any order, duplication and loss of events followed by gap repair equals a fresh fetch', () => {
    const run = fc.property(
      fc.array(
        fc.record({ change, copies: fc.integer({ min: 0, max: 2 }), delay: fc.integer({ min: 0, max: 4 }) }),
        { maxLength: 60 },
      ),
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 1, max: 7 }),
      (steps, loadAt, limit) => {
        const log = new Log('room', [ME, 'bob']);
        let state: ConversationState = { data: log.snapshot(ME), window: undefined };
        const travelling: { at: number; event: ConversationEvent }[] = [];
        steps.forEach(({ change, copies, delay }, i) => {
          const event = perform(log, change, i);
          for (let c = 0; event && c < copies; c += 1) travelling.push({ at: i + delay * c, event });
          if (i === loadAt) state = { ...state, window: windowOf(log.list(ME, { limit: 1000 })) };
          for (const { event } of travelling.filter((t) => t.at === i))
            state = applyEvent(state, event, ME).state;
          if (copies === 2) state = played(log, state);
        });
        const end = played(log, repair(log, state, limit));
        expect(asSeen(end)).toEqual(asSeen(fresh(log)));
      },
    );
    fc.assert(run, { numRuns: 500, seed: 20261123 });
  });

  test('[L5] a page that was read before events that overtook it ends like a fresh fetch', () => {
    const run = fc.property(
      fc.array(change, { minLength: 1, maxLength: 40 }),
      fc.array(change, { maxLength: 20 }),
      (before, during) => {
        const log = new Log('room', [ME, 'bob']);
        before.forEach((c, i) => {
          perform(log, c, i);
        });
        let window = windowOf(log.list(ME, { limit: 3 }));
        const page = log.list(ME, { before: window.messages[0]?.n ?? 1, limit: 1000 });
        const events = during.flatMap((c, i) => perform(log, c, i + 100) ?? []);
        for (const event of events)
          window = applyEvent({ data: undefined, window }, event, ME).state.window ?? window;
        window = replay(extend(window, structuredClone(page), 'before'), events, ME);
        window = played(log, { data: undefined, window }).window ?? window;
        expect(window).toEqual(windowOf(log.list(ME, { limit: 1000 })));
      },
    );
    fc.assert(run, { numRuns: 300, seed: 7 });
  });

  test('[L5] known + 1 is applied, the same again is known, a later one is a gap', () => {
    const log = new Log('room', [ME, 'bob']);
    const start: ConversationState = { data: log.snapshot(ME), window: EMPTY };
    const [first, second] = [log.send('bob', 'a', '1').event, log.send('bob', 'b', '2').event] as [
      ConversationEvent,
      ConversationEvent,
    ];
    expect(applyEvent(start, second, ME)).toEqual({ state: start, data: 'gap', window: 'gap' });
    const one = applyEvent(start, first, ME);
    expect(one.data).toBe('applied');
    expect(applyEvent(one.state, first, ME)).toEqual({ state: one.state, data: 'known', window: 'known' });
    expect(applyEvent(one.state, second, ME).state.window?.messages.map((m) => m.id)).toEqual(['a', 'b']);
  });
});

describe('merging', () => {
  test('[L6] marks take the maximum and settings the newer revision, in either order', () => {
    const old = { ...newSelf(), rev: 3, readN: 9, joinedN: 5, draft: 'old' };
    const young = { ...newSelf(), rev: 4, readN: 2, joinedN: 1, clearedN: 3, draft: 'new' };
    const end = { ...young, readN: 9 };
    expect(mergeSelf(old, young)).toEqual(end);
    expect(mergeSelf(young, old)).toEqual(end);
  });

  test('an older snapshot raises marks and nothing else', () => {
    const log = new Log('room', [ME, 'bob']);
    const older = { ...log.snapshot(ME), others: { readN: 4, deliveredN: 6 } };
    log.rename('after');
    const known = log.snapshot(ME);
    expect(mergeSnapshot(known, older)).toEqual({ ...known, others: { readN: 4, deliveredN: 6 } });
  });
});

describe('windows', () => {
  const log = new Log('room', [ME, 'bob']);
  for (let i = 1; i <= 30; i += 1) log.send('bob', `m${i}`, `${i}`);
  const window = windowOf(log.list(ME, { limit: 20 }));

  test('are trimmed at the far end and say so', () => {
    const end = trim(window, 5, 'end');
    expect([end.messages[0]?.n, end.messages.at(-1)?.n, end.hasBefore, end.hasAfter]).toEqual([
      26,
      30,
      true,
      false,
    ]);
    const start = trim(window, 5, 'start');
    expect([start.messages[0]?.n, start.messages.at(-1)?.n, start.hasAfter]).toEqual([11, 15, true]);
  });

  test('that do not reach the end take no new message, nor one that I deleted', () => {
    const middle = trim(window, 5, 'start');
    const event = {
      event: 'message.new',
      data: { conversation: 'room', rev: 31, message: { ...window.messages[19], n: 31, rev: 31 } },
    } as ConversationEvent;
    expect(applyEvent({ data: undefined, window: middle }, event, ME).state.window?.messages.at(-1)?.n).toBe(
      15,
    );
    const less = without(window, [20]);
    const again = catchUp(less, {
      conversation: log.snapshot(ME),
      messages: log.messages.slice(19, 20),
      mine: [],
    });
    expect(again.messages.some((m) => m.n === 20)).toBe(false);
  });
});
