import type { Conversation } from '@inlay-im/protocol';
import type { ConversationEvent } from '../events.ts';
import { applyToWindow, type Window } from '../timeline/window.ts';
import { applyToData } from './merge.ts';

/**
 * What is known of one conversation: its entry in the list, and the messages that are loaded. Each stands at a
 * revision of its own, as a sync raises the entry without a look inside.
 */
export interface ConversationState {
  readonly data: Conversation | undefined;
  readonly window: Window | undefined;
}

/** What an event was to the state: the next change, an old one, or a sign that something is missing in between. */
export type Outcome = 'applied' | 'known' | 'gap';

const follows = (known: number, rev: number): Outcome =>
  rev <= known ? 'known' : rev === known + 1 ? 'applied' : 'gap';

export interface Applied {
  readonly state: ConversationState;
  /** For the entry; a conversation that is not known has a gap. */
  readonly data: Outcome;
  /** For the loaded messages; where nothing is loaded nothing is missing. */
  readonly window: Outcome;
}

/**
 * [L5] The rule of revisions: `known + 1` is applied, what is not higher is known already, and anything beyond means
 * that something is missing, which leaves the state as it is.
 */
export function applyEvent(state: ConversationState, event: ConversationEvent, me: string): Applied {
  const { rev } = event.data;
  const data = state.data === undefined ? 'gap' : follows(state.data.rev, rev);
  const window = state.window === undefined ? 'known' : follows(state.window.rev, rev);
  return {
    state: {
      data: state.data !== undefined && data === 'applied' ? applyToData(state.data, event, me) : state.data,
      window:
        state.window !== undefined && window === 'applied'
          ? applyToWindow(state.window, event, me)
          : state.window,
    },
    data,
    window,
  };
}
