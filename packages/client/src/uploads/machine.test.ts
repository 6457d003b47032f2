import { describe, expect, test } from 'bun:test';
import type { StoredFile } from '@inlay-im/protocol';
import { BASE, CAP } from '../connection/backoff.ts';
import { type Event, next, START, type State } from './machine.ts';

const half = () => 0.5;
const error = { code: 'busy' as const, message: 'later' };
const stored = { file: 'f' } as StoredFile;
const upload = { by: 'tus' as const, url: '/u' };

const states: { [S in State['name']]: Extract<State, { name: S }> } = {
  waiting: { name: 'waiting', attempt: 2, loaded: 7 },
  creating: { name: 'creating', attempt: 2, loaded: 7 },
  bringing: { name: 'bringing', attempt: 2, loaded: 7 },
  finishing: { name: 'finishing', attempt: 2, loaded: 7 },
  resting: { name: 'resting', attempt: 2, loaded: 7 },
  paused: { name: 'paused', loaded: 7 },
  missing: { name: 'missing' },
  failed: { name: 'failed', loaded: 7, error },
  whole: { name: 'whole', stored },
};

const events: { [E in Event['type']]: Extract<Event, { type: E }> } = {
  begin: { type: 'begin' },
  created: { type: 'created', upload },
  stored: { type: 'stored', stored },
  progress: { type: 'progress', loaded: 9, kept: true },
  brought: { type: 'brought' },
  failed: { type: 'failed', error, repeat: true },
  lost: { type: 'lost' },
  timer: { type: 'timer' },
  up: { type: 'up' },
  pause: { type: 'pause' },
  resume: { type: 'resume' },
  retry: { type: 'retry' },
  given: { type: 'given' },
  halt: { type: 'halt' },
};

/** What leads anywhere from each state; all else leaves it as it is. A state that is added and not here does not compile. */
const leads: Record<State['name'], Partial<Record<Event['type'], State['name']>>> = {
  waiting: { begin: 'creating', pause: 'paused' },
  creating: {
    created: 'bringing',
    stored: 'whole',
    failed: 'resting',
    lost: 'missing',
    pause: 'paused',
    halt: 'waiting',
  },
  bringing: {
    brought: 'finishing',
    stored: 'whole',
    failed: 'resting',
    lost: 'missing',
    pause: 'paused',
    halt: 'waiting',
  },
  finishing: { stored: 'whole', failed: 'resting', lost: 'missing', pause: 'paused', halt: 'waiting' },
  resting: { timer: 'waiting', up: 'waiting', halt: 'waiting', pause: 'paused' },
  paused: { resume: 'waiting' },
  missing: { given: 'waiting' },
  failed: { retry: 'waiting' },
  whole: {},
};

describe('every event in every state', () => {
  for (const state of Object.values(states))
    for (const event of Object.values(events)) {
      const target = leads[state.name][event.type] ?? state.name;
      test(`${state.name}, ${event.type} → ${target}`, () => {
        const after = next(state, event, half);
        expect(after.state.name).toBe(target);
        if (leads[state.name][event.type] === undefined) expect(after.effects).toEqual([]);
      });
    }
});

describe('a failure', () => {
  test('that repeating does not mend is for good', () => {
    const { state, effects } = next(states.bringing, { ...events.failed, repeat: false }, half);
    expect([state, effects]).toEqual([{ name: 'failed', loaded: 7, error }, []]);
  });

  test('waits ever longer, up to a bound, and at least as long as the node asked for', () => {
    const waits = [0, 1, 2, 20].map(
      (attempt) => next({ ...states.finishing, attempt }, events.failed, half).effects,
    );
    expect(waits).toEqual([BASE / 2, BASE, BASE * 2, CAP / 2].map((after) => [{ do: 'timer', after }]));
    const asked = next(states.finishing, { ...events.failed, after: 9000 }, half);
    expect(asked.effects).toEqual([{ do: 'timer', after: 9000 }]);
  });

  test('counts as the first again after bytes were kept, not after some were only sent', () => {
    const sent = next(states.bringing, { type: 'progress', loaded: 50, kept: false }, half);
    expect(sent.state).toMatchObject({ attempt: 2, loaded: 50 });
    expect(next(sent.state, { type: 'progress', loaded: 50, kept: true }, half).state).toMatchObject({
      attempt: 0,
    });
  });
});

describe('what is on its way', () => {
  test('is given up on pause and halt, and a rest is cut short', () => {
    for (const state of [states.creating, states.bringing, states.finishing])
      for (const event of [events.pause, events.halt])
        expect(next(state, event, half).effects).toEqual([{ do: 'abort' }]);
    for (const event of [events.pause, events.halt, events.up])
      expect(next(states.resting, event, half).effects).toEqual([{ do: 'cancelTimer' }]);
  });

  test('begins with creating, which tells how it goes on', () => {
    expect(next(START, events.begin, half).effects).toEqual([{ do: 'create' }]);
    expect(next(states.creating, events.created, half).effects).toEqual([{ do: 'bring', upload }]);
    expect(next(states.bringing, events.brought, half).effects).toEqual([{ do: 'finish' }]);
  });
});
