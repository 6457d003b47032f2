import { describe, expect, test } from 'bun:test';
import { CLOSE } from '@inlay-im/protocol/rules';
import { BASE, backoff, CAP, STABLE } from './backoff.ts';
import { type Event, next, type State } from './machine.ts';

const world = { now: 1_000_000, random: () => 0.5 };
const error = new Error('no');

const states: { [S in State['name']]: Extract<State, { name: S }> } = {
  stopped: { name: 'stopped' },
  signedOut: { name: 'signedOut' },
  offline: { name: 'offline', attempt: 2 },
  waiting: { name: 'waiting', attempt: 2, retryAt: 1_001_000, fresh: false },
  authorizing: { name: 'authorizing', attempt: 2, fresh: false },
  opening: { name: 'opening', attempt: 2, fresh: false },
  syncing: { name: 'syncing', attempt: 2, since: 999_000, leaveAt: null },
  online: { name: 'online', attempt: 2, since: 900_000, leaveAt: null },
};

const events: { [E in Event['type']]: Extract<Event, { type: E }> } = {
  start: { type: 'start', network: true },
  stop: { type: 'stop' },
  networkUp: { type: 'networkUp' },
  networkDown: { type: 'networkDown' },
  visible: { type: 'visible' },
  timer: { type: 'timer' },
  token: { type: 'token', token: 't' },
  failed: { type: 'failed', then: 'retry', error },
  signedOut: { type: 'signedOut' },
  opened: { type: 'opened' },
  synced: { type: 'synced' },
  stopping: { type: 'stopping', within: 4000 },
  closed: { type: 'closed', code: 1006 },
};

/** The state that each event leads to; a state or event that is added to the machine and not here does not compile. */
const expected: Record<State['name'], Record<Event['type'], State['name']>> = {
  stopped: {
    start: 'authorizing',
    stop: 'stopped',
    networkUp: 'stopped',
    networkDown: 'stopped',
    visible: 'stopped',
    timer: 'stopped',
    token: 'stopped',
    failed: 'stopped',
    signedOut: 'signedOut',
    opened: 'stopped',
    synced: 'stopped',
    stopping: 'stopped',
    closed: 'stopped',
  },
  signedOut: {
    start: 'authorizing',
    stop: 'signedOut',
    networkUp: 'signedOut',
    networkDown: 'signedOut',
    visible: 'signedOut',
    timer: 'signedOut',
    token: 'signedOut',
    failed: 'signedOut',
    signedOut: 'signedOut',
    opened: 'signedOut',
    synced: 'signedOut',
    stopping: 'signedOut',
    closed: 'signedOut',
  },
  offline: {
    start: 'offline',
    stop: 'stopped',
    networkUp: 'authorizing',
    networkDown: 'offline',
    visible: 'offline',
    timer: 'offline',
    token: 'offline',
    failed: 'offline',
    signedOut: 'signedOut',
    opened: 'offline',
    synced: 'offline',
    stopping: 'offline',
    closed: 'offline',
  },
  waiting: {
    start: 'authorizing',
    stop: 'stopped',
    networkUp: 'authorizing',
    networkDown: 'offline',
    visible: 'authorizing',
    timer: 'authorizing',
    token: 'waiting',
    failed: 'waiting',
    signedOut: 'signedOut',
    opened: 'waiting',
    synced: 'waiting',
    stopping: 'waiting',
    closed: 'waiting',
  },
  authorizing: {
    start: 'authorizing',
    stop: 'stopped',
    networkUp: 'authorizing',
    networkDown: 'offline',
    visible: 'authorizing',
    timer: 'authorizing',
    token: 'opening',
    failed: 'waiting',
    signedOut: 'signedOut',
    opened: 'authorizing',
    synced: 'authorizing',
    stopping: 'authorizing',
    closed: 'authorizing',
  },
  opening: {
    start: 'opening',
    stop: 'stopped',
    networkUp: 'opening',
    networkDown: 'offline',
    visible: 'opening',
    timer: 'opening',
    token: 'opening',
    failed: 'waiting',
    signedOut: 'signedOut',
    opened: 'syncing',
    synced: 'opening',
    stopping: 'opening',
    closed: 'waiting',
  },
  syncing: {
    start: 'syncing',
    stop: 'stopped',
    networkUp: 'syncing',
    networkDown: 'offline',
    visible: 'syncing',
    timer: 'syncing',
    token: 'syncing',
    failed: 'syncing',
    signedOut: 'signedOut',
    opened: 'syncing',
    synced: 'online',
    stopping: 'syncing',
    closed: 'waiting',
  },
  online: {
    start: 'online',
    stop: 'stopped',
    networkUp: 'online',
    networkDown: 'offline',
    visible: 'online',
    timer: 'online',
    token: 'online',
    failed: 'online',
    signedOut: 'signedOut',
    opened: 'online',
    synced: 'online',
    stopping: 'online',
    closed: 'waiting',
  },
};

describe('every event in every state', () => {
  for (const [name, row] of Object.entries(expected)) {
    for (const [type, to] of Object.entries(row)) {
      test(`${name}, ${type} → ${to}`, () => {
        const result = next(states[name as State['name']], events[type as Event['type']], world);
        expect(result.state.name).toBe(to);
      });
    }
  }
});

describe('a connection that was lost', () => {
  test('waits a random part of a doubling time, 30 s at most', () => {
    expect(backoff(0, () => 1)).toBe(BASE);
    expect(backoff(3, () => 0.5)).toBe(BASE * 4);
    expect(backoff(40, () => 1)).toBe(CAP);
  });

  test('counts as the first failure again once it was stable', () => {
    const stable = { ...states.online, since: world.now - STABLE };
    expect(next(stable, events.closed, world).state).toMatchObject({
      attempt: 1,
      retryAt: world.now + BASE / 2,
    });
    const shaky = { ...states.online, since: world.now - STABLE + 1 };
    expect(next(shaky, events.closed, world).state).toMatchObject({
      attempt: 3,
      retryAt: world.now + BASE * 2,
    });
  });

  test('comes back at once when the person looks or the network returns', () => {
    for (const event of [events.visible, events.networkUp]) {
      const { state, effects } = next(states.waiting, event, world);
      expect(state).toEqual({ name: 'authorizing', attempt: 2, fresh: false });
      expect(effects).toEqual([{ do: 'cancelTimer' }, { do: 'authorize', fresh: false }]);
    }
  });
});

describe('close codes', () => {
  test('4100 to 4199 ask for a fresh token', () => {
    const { state, effects } = next(states.online, { type: 'closed', code: CLOSE.tokenExpired }, world);
    expect(state).toMatchObject({ name: 'authorizing', fresh: true });
    expect(effects).toContainEqual({ do: 'authorize', fresh: true });
  });

  test('signed out forgets; the other codes from 4500 stop for good', () => {
    expect(next(states.online, { type: 'closed', code: CLOSE.signedOut }, world).effects).toContainEqual({
      do: 'forget',
    });
    expect(next(states.online, { type: 'closed', code: CLOSE.badFrame }, world).state).toEqual({
      name: 'stopped',
      error: CLOSE.badFrame,
    });
  });
});

describe('a node that stops', () => {
  test('is left at a random moment within its time, by our own choice', () => {
    const { state, effects } = next(states.online, events.stopping, world);
    expect(state).toMatchObject({ name: 'online', leaveAt: world.now + 2000 });
    expect(effects).toEqual([{ do: 'timer', at: world.now + 2000 }]);
    expect(next(state, events.timer, world).effects).toEqual([
      { do: 'close' },
      { do: 'authorize', fresh: false },
    ]);
  });

  test('that closes first is not called again before that moment', () => {
    const { state } = next(states.online, events.stopping, world);
    expect(next(state, { type: 'closed', code: CLOSE.stopping }, world).state).toMatchObject({
      name: 'waiting',
      retryAt: world.now + 2000,
    });
  });
});

describe('a token that is refused', () => {
  test('is replaced once, then waited with', () => {
    const refused: Event = { type: 'failed', then: 'refresh', error };
    const again = next(states.opening, refused, world);
    expect(again.state).toMatchObject({ name: 'authorizing', fresh: true });
    const { state } = next({ name: 'opening', attempt: 0, fresh: true }, refused, world);
    expect(state.name).toBe('waiting');
  });

  test('a full node is asked again after the time it named', () => {
    const busy: Event = { type: 'failed', then: 'retry', after: 7000, error };
    expect(next(states.opening, busy, world).state).toMatchObject({ retryAt: world.now + 7000 });
  });
});
