export type CodeLocale = 'en' | 'zh-CN';

/** A one-time sign-in code on its way to a person. */
export interface CodeMessage {
  /** An e-mail address, or a phone number in international form (E.164: +8613800138000). */
  to: string;
  code: string;
  /** The app's name as its people know it. */
  app: string;
  locale: CodeLocale;
  /** For how many minutes the code is good. */
  minutes: number;
}

/** A way for codes to reach people. */
export interface CodeSender {
  /** Which adapter it is, for logs. */
  readonly name: string;
  /**
   * Hands one code over to the service that delivers it; that it arrives is not known.
   * A retry after a time-out may deliver the same code twice: none of the services can tell a retry.
   * @throws CodeDeliveryError for every failure
   */
  send(message: CodeMessage): Promise<void>;
}

/** How long a sender waits for its service, in milliseconds. */
export const CODE_TIMEOUT_MS = 10_000;

/**
 * A code was not handed over. The message names the sender and the service's own status, and is safe to log:
 * it never has the secret, the code or the address. For that reason there is no `cause`: what services and
 * runtimes throw quotes the request.
 */
export abstract class CodeDeliveryError extends Error {
  /** Whether the same message may be accepted later. */
  abstract readonly retryable: boolean;
}

/** Nobody answers there: no such host, no connection, a connection that broke. */
export class CodeServiceUnreachable extends CodeDeliveryError {
  override readonly name = 'CodeServiceUnreachable';
  readonly retryable = true;
}

/** No answer in time; the code may have been handed over all the same. */
export class CodeServiceTimeout extends CodeDeliveryError {
  override readonly name = 'CodeServiceTimeout';
  readonly retryable = true;
}

/** The service takes no more just now, from this account or for this address. */
export class CodeServiceBusy extends CodeDeliveryError {
  override readonly name = 'CodeServiceBusy';
  readonly retryable = true;
}

/** The service has a fault of its own, or answered with what cannot be understood. */
export class CodeServiceFailed extends CodeDeliveryError {
  override readonly name = 'CodeServiceFailed';
  readonly retryable = true;
}

/** The service understood and says no: wrong credentials, wrong settings, an address it does not serve. */
export class CodeRefused extends CodeDeliveryError {
  override readonly name = 'CodeRefused';
  readonly retryable = false;
}
