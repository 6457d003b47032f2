import type { StoredFile, Upload } from '@inlay-im/protocol';
import type { WireError } from '@inlay-im/protocol/rules';
import { backoff } from '../connection/backoff.ts';

/**
 * One file on its way to the node, as a function of state and event. Requests, timers and bytes are elsewhere.
 *
 *               begin              created             brought              stored
 *     waiting ─────────► creating ─────────► bringing ─────────► finishing ─────────► whole
 *      ▲ ▲ ▲ ▲              │  stored: it was whole before           │                  ▲
 *      │ │ │ │              └────────────────────────────────────────┼──────────────────┘
 *      │ │ │ └─ timer, up ── resting ◄── failed, worth a repetition ─┤
 *      │ │ └─── retry ────── failed  ◄── failed, for good ───────────┤ of creating, bringing, finishing
 *      │ └───── given ────── missing ◄── lost: no bytes to bring ────┤
 *      └─────── resume ───── paused  ◄── pause; of waiting and resting too
 *
 * `halt` (this client stops, or another tab leads) puts creating, bringing, finishing and resting back to waiting.
 * Whatever goes wrong begins again with creating, which tells where to go on.
 */
export type State =
  | { readonly name: 'waiting'; readonly attempt: number; readonly loaded: number }
  | { readonly name: 'creating'; readonly attempt: number; readonly loaded: number }
  | { readonly name: 'bringing'; readonly attempt: number; readonly loaded: number }
  | { readonly name: 'finishing'; readonly attempt: number; readonly loaded: number }
  | { readonly name: 'resting'; readonly attempt: number; readonly loaded: number }
  | { readonly name: 'paused'; readonly loaded: number }
  | { readonly name: 'missing' }
  | { readonly name: 'failed'; readonly loaded: number; readonly error: WireError }
  | { readonly name: 'whole'; readonly stored: StoredFile };

export type Event =
  | { readonly type: 'begin' }
  | { readonly type: 'created'; readonly upload: Upload }
  | { readonly type: 'stored'; readonly stored: StoredFile }
  /** So many bytes went out; `kept`: the node took more of them than before, and said so. */
  | { readonly type: 'progress'; readonly loaded: number; readonly kept: boolean }
  | { readonly type: 'brought' }
  /** `after`: milliseconds that the node asked to wait. */
  | { readonly type: 'failed'; readonly error: WireError; readonly repeat: boolean; readonly after?: number }
  | { readonly type: 'lost' }
  | { readonly type: 'timer' }
  | { readonly type: 'up' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'retry' }
  | { readonly type: 'given' }
  | { readonly type: 'halt' };

export type Effect =
  | { readonly do: 'create' }
  | { readonly do: 'bring'; readonly upload: Upload }
  | { readonly do: 'finish' }
  /** Whatever is on its way is of no interest any more. */
  | { readonly do: 'abort' }
  /** Ask for `timer` after so many milliseconds. */
  | { readonly do: 'timer'; readonly after: number }
  | { readonly do: 'cancelTimer' };

export interface Next {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export const START: State = { name: 'waiting', attempt: 0, loaded: 0 };

type Named<N extends State['name']> = Extract<State, { name: N }>;
type Running = Named<'creating' | 'bringing' | 'finishing'>;

export const isRunning = (state: State): state is Running =>
  state.name === 'creating' || state.name === 'bringing' || state.name === 'finishing';

const to = (state: State, ...effects: Effect[]): Next => ({ state, effects });

/** What a running upload does with what may come in any step of it. */
function fromRunning(state: Running, event: Event, random: () => number): Next {
  const { attempt, loaded } = state;
  switch (event.type) {
    case 'stored':
      return to({ name: 'whole', stored: event.stored });
    case 'failed': {
      if (!event.repeat) return to({ name: 'failed', loaded, error: event.error });
      const after = Math.max(event.after ?? 0, backoff(attempt, random));
      return to({ name: 'resting', attempt: attempt + 1, loaded }, { do: 'timer', after });
    }
    case 'lost':
      return to({ name: 'missing' }, { do: 'abort' });
    case 'pause':
      return to({ name: 'paused', loaded }, { do: 'abort' });
    case 'halt':
      return to({ name: 'waiting', attempt, loaded }, { do: 'abort' });
    default:
      return to(state);
  }
}

function fromBringing(state: Named<'bringing'>, event: Event, random: () => number): Next {
  if (event.type === 'brought') return to({ ...state, name: 'finishing' }, { do: 'finish' });
  if (event.type !== 'progress') return fromRunning(state, event, random);
  // Bytes that were kept show that the way is clear: the next failure is the first again.
  return to({ ...state, attempt: event.kept ? 0 : state.attempt, loaded: event.loaded });
}

function fromResting(state: Named<'resting'>, event: Event): Next {
  const { attempt, loaded } = state;
  switch (event.type) {
    case 'timer':
      return to({ name: 'waiting', attempt, loaded });
    case 'up':
    case 'halt':
      return to({ name: 'waiting', attempt, loaded }, { do: 'cancelTimer' });
    case 'pause':
      return to({ name: 'paused', loaded }, { do: 'cancelTimer' });
    default:
      return to(state);
  }
}

/** The state after an event, and what is to be done. `random` gives a number from 0 up to 1. */
export function next(state: State, event: Event, random: () => number): Next {
  switch (state.name) {
    case 'waiting':
      if (event.type === 'begin') return to({ ...state, name: 'creating' }, { do: 'create' });
      return to(event.type === 'pause' ? { name: 'paused', loaded: state.loaded } : state);
    case 'creating':
      if (event.type === 'created')
        return to({ ...state, name: 'bringing' }, { do: 'bring', upload: event.upload });
      return fromRunning(state, event, random);
    case 'bringing':
      return fromBringing(state, event, random);
    case 'finishing':
      return fromRunning(state, event, random);
    case 'resting':
      return fromResting(state, event);
    case 'paused':
      return to(event.type === 'resume' ? { ...state, name: 'waiting', attempt: 0 } : state);
    case 'missing':
      return to(event.type === 'given' ? START : state);
    case 'failed':
      return to(event.type === 'retry' ? { name: 'waiting', attempt: 0, loaded: state.loaded } : state);
    case 'whole':
      return to(state);
  }
}
