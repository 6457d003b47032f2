import type { Input, OPERATIONS, OperationName, Output } from '@inlay-im/protocol';
import type { Caller, SessionCaller, UserCaller } from './caller.ts';

type Declared<N extends OperationName> = (typeof OPERATIONS)[N];

/** Who may be behind a request: nobody yet, a backend, a person, or a person's live session. */
type CallerOf<N extends OperationName> = Declared<N>['access'] extends 'user'
  ? Declared<N>['over'] extends 'socket'
    ? SessionCaller
    : UserCaller
  : Caller;

/** Answers one operation. Throws InlayError for everything that the caller should be told. */
export type Handler<N extends OperationName, C extends Caller = CallerOf<N>> = (
  caller: C,
  input: Input<N>,
) => PromiseLike<Output<N>>;

/** What the gateway calls: the caller was checked against the operation's access before. */
export type Handlers = { [N in OperationName]: Handler<N, never> };

/** Some operations of a slice by name. */
export type HandlersOf<N extends OperationName> = { [K in N]: Handler<K, never> };
