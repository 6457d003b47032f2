import { InlayError, type WireError } from '@inlay-im/protocol/rules';
import type { ConnectionState, Note } from '../connection/link.ts';
import type { WireEvent } from '../events.ts';
import { ConnectionLost, SignedOut, TimedOut } from '../requests/errors.ts';
import { errorOf } from '../requests/http.ts';

/** What a request failed with, in a form that passes between tabs. */
export type Failure = { wire: WireError } | { lost: string } | { timedOut: string } | { signedOut: string };

/**
 * What tabs say to each other. The leader says `leads` when it begins, `state`, `up`, `down` and `event` as its
 * connection has them, and `reply`; the others say `hello`, `request`, `active` and `bye`; all say `note`.
 */
export type TabMessage =
  | { readonly say: 'leads' }
  | { readonly say: 'state'; readonly state: Omit<ConnectionState, 'error'> }
  | { readonly say: 'up'; readonly to?: string }
  | { readonly say: 'down' }
  | { readonly say: 'event'; readonly event: WireEvent }
  | { readonly say: 'signedOut' }
  | { readonly say: 'reply'; readonly to: string; readonly id: number; readonly output: unknown }
  | { readonly say: 'reply'; readonly to: string; readonly id: number; readonly failure: Failure }
  | { readonly say: 'hello'; readonly from: string }
  | { readonly say: 'bye'; readonly from: string }
  | { readonly say: 'active'; readonly from: string; readonly active: boolean }
  | {
      readonly say: 'request';
      readonly from: string;
      readonly id: number;
      readonly op: string;
      readonly input: unknown;
    }
  | { readonly say: 'note'; readonly note: Note };

export function failureOf(error: unknown): Failure {
  if (error instanceof InlayError) return { wire: error.toWire() };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TimedOut) return { timedOut: message };
  if (error instanceof SignedOut) return { signedOut: message };
  return { lost: message };
}

export function errorFrom(failure: Failure): Error {
  if ('wire' in failure) return errorOf(failure.wire);
  if ('timedOut' in failure) return new TimedOut(failure.timedOut);
  if ('signedOut' in failure) return new SignedOut(failure.signedOut);
  return new ConnectionLost(failure.lost);
}
