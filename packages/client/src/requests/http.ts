import type { OperationName, Output, Request } from '@inlay-im/protocol';
import { ERRORS, InlayError, type WireError } from '@inlay-im/protocol/rules';
import { ConnectionLost } from './errors.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Calls one operation over HTTP, with or without an access token. */
export type HttpCall = <N extends OperationName>(
  op: N,
  input: Request<N>,
  token?: string,
) => Promise<Output<N>>;

const isWireError = (value: unknown): value is WireError =>
  typeof value === 'object' && value !== null && 'code' in value && String(value.code) in ERRORS;

/** The node's error as one that is thrown; an unknown shape or code counts as a failure of the node. */
export function errorOf(value: unknown): InlayError {
  if (!isWireError(value))
    return new InlayError('internal', 'the node gave an answer that is not of this protocol');
  return new InlayError(value.code, value.message, {
    ...(value.field === undefined ? {} : { field: value.field }),
    ...(value.retryAfter === undefined ? {} : { retryAfter: value.retryAfter }),
  });
}

/** An address that the node gave: as it is where it is absolute, else a path below the node's own address. */
export const atNode = (node: string, address: string): string =>
  /^https?:/.test(address) ? address : `${node.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`;

/** Operations over HTTP: `POST <url>/v1/<operation>`. Fails with `InlayError`, or `ConnectionLost` where nothing answered. */
export function httpCall(url: string, fetch: Fetch): HttpCall {
  return async (op, input, token) => {
    let response: Response;
    let reply: unknown;
    try {
      response = await fetch(atNode(url, `/v1/${op}`), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(input),
      });
      reply = await response.json().catch(() => undefined);
    } catch (cause) {
      throw new ConnectionLost(`no answer from ${url}`, { cause });
    }
    if (response.ok && reply !== undefined) return reply as Output<typeof op>;
    throw errorOf((reply as { error?: unknown } | undefined)?.error);
  };
}
