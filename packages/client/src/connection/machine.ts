/**
 * The connection as a pure machine. Time and randomness come in as arguments; what is to be done goes out as effects.
 *
 *   stopped ──start──▶ authorizing ──token──▶ opening ──opened──▶ syncing ──synced──▶ online
 *                        ▲   │ failed            │ refused, closed    │ closed           │ closed
 *                        │   ▼                   ▼                    ▼                  ▼
 *                        └─timer─ waiting ◀──────┴────────────────────┴──────────────────┘
 *
 * `offline` stands for waiting while the device has no network; `signedOut` and `stopped` end everything until the
 * app starts anew.
 */
import { afterClose, CLOSE } from '@inlay-im/protocol/rules';
import { backoff, STABLE } from './backoff.ts';

/** `attempt` counts failures since the last stable connection. `leaveAt`: when to leave a node that stops. */
export type State =
  | { readonly name: 'stopped'; readonly error?: unknown }
  | { readonly name: 'signedOut' }
  | { readonly name: 'offline'; readonly attempt: number }
  | { readonly name: 'waiting'; readonly attempt: number; readonly retryAt: number; readonly fresh: boolean }
  | { readonly name: 'authorizing'; readonly attempt: number; readonly fresh: boolean }
  | { readonly name: 'opening'; readonly attempt: number; readonly fresh: boolean }
  | Live<'syncing'>
  | Live<'online'>;

interface Live<N> {
  readonly name: N;
  readonly attempt: number;
  readonly since: number;
  readonly leaveAt: number | null;
}

export type Event =
  | { readonly type: 'start'; readonly network: boolean }
  | { readonly type: 'stop' }
  | { readonly type: 'networkUp' }
  | { readonly type: 'networkDown' }
  | { readonly type: 'visible' }
  | { readonly type: 'timer' }
  | { readonly type: 'token'; readonly token: string }
  /** The token or the opening failed: what follows from its cause. */
  | {
      readonly type: 'failed';
      readonly then: 'retry' | 'refresh' | 'again' | 'stop';
      readonly after?: number;
      readonly error: unknown;
    }
  | { readonly type: 'signedOut' }
  | { readonly type: 'opened' }
  | { readonly type: 'synced' }
  | { readonly type: 'stopping'; readonly within: number }
  | { readonly type: 'closed'; readonly code: number };

/** `authorize`: get a token, a new one if `fresh`. `open`: open a socket with it. `probe`: ask the node for a sign of life. */
export type Effect =
  | { readonly do: 'authorize'; readonly fresh: boolean }
  | { readonly do: 'open'; readonly token: string }
  | { readonly do: 'close' }
  | { readonly do: 'timer'; readonly at: number }
  | { readonly do: 'cancelTimer' }
  | { readonly do: 'probe' }
  | { readonly do: 'forget' };

/** What decisions depend on beside state and event. */
export interface World {
  readonly now: number;
  readonly random: () => number;
}

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

type Of<U, K extends string, V> = Extract<U, { readonly [P in K]: V }>;
type Rule<S, E> = (state: S, event: E, world: World) => Step;
type Table = {
  readonly [S in State['name']]: {
    readonly [E in Event['type']]: Rule<Of<State, 'name', S>, Of<Event, 'type', E>>;
  };
};

const stay = (state: State): Step => ({ state, effects: [] });
const step = (state: State, ...effects: Effect[]): Step => ({ state, effects });

const authorize = (attempt: number, fresh = false): Step =>
  step({ name: 'authorizing', attempt, fresh }, { do: 'authorize', fresh });

function waitUntil(attempt: number, retryAt: number, fresh = false): Step {
  return step({ name: 'waiting', attempt, retryAt, fresh }, { do: 'timer', at: retryAt });
}

const backOff = (attempt: number, world: World, fresh = false): Step =>
  waitUntil(attempt + 1, world.now + backoff(attempt, world.random), fresh);

const closing = ({ state, effects }: Step): Step => ({ state, effects: [{ do: 'close' }, ...effects] });
const cancelling = ({ state, effects }: Step): Step => ({
  state,
  effects: [{ do: 'cancelTimer' }, ...effects],
});

const start = (_: State, event: { network: boolean }): Step =>
  event.network ? authorize(0) : stay({ name: 'offline', attempt: 0 });
const stopped = (error?: unknown): Step =>
  stay(error === undefined ? { name: 'stopped' } : { name: 'stopped', error });
const signOut = (): Step => closing(cancelling(step({ name: 'signedOut' }, { do: 'forget' })));
const stop = (): Step => closing(cancelling(stopped()));
const goOffline = (state: { attempt: number }): Step =>
  closing(cancelling(stay({ name: 'offline', attempt: state.attempt })));

/** A token once refused is replaced; a fresh one that is refused is waited with like any failure. */
function failed(
  state: { attempt: number; fresh: boolean },
  event: Of<Event, 'type', 'failed'>,
  world: World,
): Step {
  if (event.then === 'stop') return closing(stopped(event.error));
  if (event.then === 'again') return closing(authorize(state.attempt));
  if (event.then === 'refresh' && !state.fresh) return closing(authorize(state.attempt, true));
  if (event.after !== undefined) return closing(waitUntil(state.attempt + 1, world.now + event.after));
  return closing(backOff(state.attempt, world, event.then === 'refresh'));
}

/** A socket that closes before it was opened counts as a failure, whatever the code says about resuming. */
function closedEarly(
  state: { attempt: number; fresh: boolean },
  event: { code: number },
  world: World,
): Step {
  if (event.code === CLOSE.signedOut) return signOut();
  const then = afterClose(event.code);
  if (then === 'stop') return stopped(event.code);
  return then === 'refresh' && !state.fresh ? authorize(state.attempt, true) : backOff(state.attempt, world);
}

function closed(state: Live<string>, event: { code: number }, world: World): Step {
  if (event.code === CLOSE.signedOut) return signOut();
  const then = afterClose(event.code);
  if (then === 'stop') return cancelling(stopped(event.code));
  const attempt = world.now - state.since >= STABLE ? 0 : state.attempt;
  if (then === 'refresh')
    return cancelling(attempt === 0 ? authorize(1, true) : backOff(attempt, world, true));
  if (state.leaveAt !== null && state.leaveAt > world.now) return waitUntil(attempt, state.leaveAt);
  return cancelling(backOff(attempt, world));
}

function leaveLater(state: Live<'syncing'> | Live<'online'>, event: { within: number }, world: World): Step {
  const leaveAt = world.now + world.random() * event.within;
  return step({ ...state, leaveAt }, { do: 'timer', at: leaveAt });
}

const leave = (state: Live<string>): Step =>
  state.leaveAt === null ? stay(state as State) : closing(authorize(state.attempt));

const live = {
  start: stay,
  stop,
  networkUp: (s: State) => step(s, { do: 'probe' }),
  networkDown: goOffline,
  visible: (s: State) => step(s, { do: 'probe' }),
  timer: leave,
  token: stay,
  failed: stay,
  signedOut: signOut,
  opened: stay,
  stopping: leaveLater,
  closed,
} as const;

const resting = {
  start,
  stop: () => stopped(),
  networkUp: stay,
  networkDown: stay,
  visible: stay,
  timer: stay,
  token: stay,
  failed: stay,
  opened: stay,
  synced: stay,
  stopping: stay,
  closed: stay,
} as const;

const connecting = {
  start: stay,
  stop,
  networkUp: stay,
  networkDown: goOffline,
  visible: stay,
  timer: stay,
  failed,
  signedOut: signOut,
  synced: stay,
  stopping: stay,
} as const;

const table: Table = {
  stopped: { ...resting, signedOut: signOut },
  signedOut: { ...resting, stop: stay, signedOut: stay },
  offline: {
    ...resting,
    start: stay,
    networkUp: (s) => authorize(s.attempt),
    signedOut: signOut,
  },
  waiting: {
    ...resting,
    start: (s) => cancelling(authorize(s.attempt, s.fresh)),
    stop,
    networkUp: (s) => cancelling(authorize(s.attempt, s.fresh)),
    networkDown: goOffline,
    visible: (s) => cancelling(authorize(s.attempt, s.fresh)),
    timer: (s) => authorize(s.attempt, s.fresh),
    signedOut: signOut,
  },
  authorizing: {
    ...connecting,
    token: (s, e) =>
      step({ name: 'opening', attempt: s.attempt, fresh: s.fresh }, { do: 'open', token: e.token }),
    opened: stay,
    closed: stay,
  },
  opening: {
    ...connecting,
    token: stay,
    opened: (s, _, w) => stay({ name: 'syncing', attempt: s.attempt, since: w.now, leaveAt: null }),
    closed: closedEarly,
  },
  syncing: { ...live, synced: (s) => stay({ ...s, name: 'online' }) },
  online: { ...live, synced: stay },
};

/** What follows from `event` in `state`. */
export function next(state: State, event: Event, world: World): Step {
  const rule = table[state.name][event.type] as Rule<State, Event>;
  return rule(state, event, world);
}
