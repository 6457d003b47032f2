import type { OperationName, Output, Request } from '@inlay-im/protocol';
import type { WireEvent } from '../events.ts';
import type { OutboxNote, UploadNote } from '../outbox/outbox.ts';
import type { Store } from '../store.ts';

/**
 * How the client stands with its node. `offline`: no network, or not asked to connect; `waiting`: the next attempt
 * comes at `retryAt` (milliseconds by this device's clock); `syncing`: connected, catching up. `error` says why the
 * client gave up, where it did.
 */
export interface ConnectionState {
  readonly state: 'offline' | 'connecting' | 'syncing' | 'online' | 'waiting' | 'signedOut';
  readonly retryAt: number | null;
  readonly error?: unknown;
}

/** What `session.open` gave. */
export type Opened = Output<'session.open'>;

/** What tabs tell each other; every tab hears every note, the one that said it included. */
export type Note = OutboxNote | UploadNote | { readonly note: 'signedIn' } | { readonly note: 'signedOut' };

/** Calls an operation by name. */
export type Call = <N extends OperationName>(op: N, input: Request<N>) => Promise<Output<N>>;

/** The client's way to its node: a connection of its own, or that of the tab which leads. */
export interface Link {
  readonly state: Store<ConnectionState>;
  /** Whether this client holds the connection, and with it the duties that only one of several tabs has. */
  readonly leads: boolean;
  /** Waits for a connection, then for the reply; fails with `TimedOut`, `ConnectionLost` or the node's `InlayError`. */
  readonly call: Call;
  start(): void;
  stop(): void;
  /** Says that the sync after `up` is complete. */
  synced(): void;
  /** Says whether the person looks at this device. */
  setActive(active: boolean): void;
  tell(note: Note): void;
}

/** The side that a link serves. */
export interface LinkUser {
  /** The cursor to open the session with. */
  cursor(): string | undefined;
  /** A session is open. Without `opened` the first page of changes is to be fetched. */
  up(opened?: Opened): void;
  down(): void;
  event(event: WireEvent): void;
  /** The cursor belongs to another epoch: drop it and what was cached. */
  resync(): void;
  signedOut(): void;
  note(note: Note): void;
  /** This client has become the one that holds the connection. */
  leading(): void;
}
