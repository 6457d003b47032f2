import { InlayError, type OperationName } from '@inlay-im/protocol';
import type { Caller } from '../core/caller.ts';
import type { Handlers } from '../core/handler.ts';
import { type Logger, reason } from '../core/log.ts';
import { operationOf, validate } from './validate.ts';

type AnyHandler = (caller: Caller, input: unknown) => PromiseLike<unknown>;

/** Any thrown value as an error that may be told: what is not meant for the caller goes into the log under an id. */
export function toInlayError(thrown: unknown, logger: Logger, op: string): InlayError {
  if (thrown instanceof InlayError) return thrown;
  const id = crypto.randomUUID();
  logger.error('operation failed', {
    op,
    request: id,
    reason: reason(thrown),
    stack: thrown instanceof Error ? thrown.stack : undefined,
  });
  return new InlayError('internal', `The node failed; its log has the reason under ${id}. Try again.`, {
    retryAfter: 1000,
  });
}

const SIGN_IN = 'Sign in first: this needs a valid access token.';

/** Whether the caller may ask for this at all; who may do it to what is decided by the operation. */
function checkAccess(
  name: OperationName,
  operation: ReturnType<typeof operationOf>['operation'],
  caller: Caller,
): void {
  if (operation.over === 'socket' && caller.session === null) {
    throw new InlayError('invalid_input', `"${name}" belongs to a session; send it over a WebSocket.`, {
      field: 'op',
    });
  }
  if (operation.access === 'public') return;
  if (caller.scopes !== null) {
    if (operation.scope === null || !caller.scopes.includes(operation.scope)) {
      throw new InlayError(
        'forbidden',
        `This key does not have the scope ${operation.scope ?? 'that no key can have'}.`,
      );
    }
  } else if (caller.user === null) throw new InlayError('unauthenticated', SIGN_IN);
  if (operation.access === 'server' && caller.scopes === null) {
    throw new InlayError('forbidden', 'Only a backend with an API key may do this.');
  }
  if (operation.access === 'user' && caller.user === null) {
    throw new InlayError(
      'invalid_input',
      'A key acts in a person\'s name: give their id in the header "Inlay-User".',
      {
        field: 'Inlay-User',
      },
    );
  }
}

export interface DispatchDeps {
  handlers: Handlers;
}

/** Checks name, access and input, then asks the handler. Throws, or rejects with, what the caller is to be told. */
export function createDispatch({ handlers }: DispatchDeps) {
  return (caller: Caller, op: string, input: unknown): PromiseLike<unknown> => {
    const { name, operation } = operationOf(op);
    checkAccess(name, operation, caller);
    return (handlers[name] as unknown as AnyHandler)(caller, validate(operation, input));
  };
}

export type Dispatch = ReturnType<typeof createDispatch>;
