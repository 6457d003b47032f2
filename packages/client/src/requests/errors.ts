import { InlayError } from '@inlay-im/protocol/rules';

export { InlayError };

/** What went wrong on this side of the wire. Errors that the node answered with are `InlayError`. */
export class ClientError extends Error {
  override readonly name: string = 'ClientError';

  /** Whether the same request may succeed later; no, unless a cause knows better. */
  get retry(): boolean {
    return false;
  }
}

/** The connection ended before the answer came, or there was none. The request may or may not have taken effect. */
export class ConnectionLost extends ClientError {
  override readonly name = 'ConnectionLost';

  override get retry(): boolean {
    return true;
  }
}

/** No answer in time. The request may or may not have taken effect. */
export class TimedOut extends ClientError {
  override readonly name = 'TimedOut';

  override get retry(): boolean {
    return true;
  }
}

/** Nobody is signed in on this device, or this device was signed out. */
export class SignedOut extends ClientError {
  override readonly name = 'SignedOut';
}

/** The message was taken out of the outbox before it was sent. */
export class Discarded extends ClientError {
  override readonly name = 'Discarded';
}

/** Whether the same request may succeed later, for any error at all. */
export const mayRetry = (error: unknown): boolean =>
  (error instanceof ClientError || error instanceof InlayError) && error.retry;

/** Milliseconds that the node asked to wait, or `otherwise`. */
export const retryAfter = (error: unknown, otherwise: number): number =>
  (error instanceof InlayError ? error.retryAfter : undefined) ?? otherwise;

/** Whether the node answered with this code. */
export const isCode = (error: unknown, code: InlayError['code']): boolean =>
  error instanceof InlayError && error.code === code;
