/** What an error of a code means for the one who gets it. */
export interface ErrorKind {
  /** HTTP status of the reply. */
  readonly status: number;
  /** Whether the same request may succeed later without being changed. */
  readonly retry: boolean;
}

/** The one table of error codes. A code is never renamed and never changes its meaning, which spec/error-meanings.ts says. */
export const ERRORS = {
  invalid_input: { status: 400, retry: false },
  unauthenticated: { status: 401, retry: false },
  token_expired: { status: 401, retry: false },
  wrong_credentials: { status: 401, retry: false },
  signed_out: { status: 401, retry: false },
  forbidden: { status: 403, retry: false },
  not_found: { status: 404, retry: false },
  unknown_operation: { status: 404, retry: false },
  conflict: { status: 409, retry: false },
  resync: { status: 409, retry: false },
  limit_reached: { status: 409, retry: false },
  too_late: { status: 409, retry: false },
  too_large: { status: 413, retry: false },
  rejected: { status: 422, retry: false },
  unsupported_version: { status: 426, retry: false },
  rate_limited: { status: 429, retry: true },
  busy: { status: 503, retry: true },
  stopping: { status: 503, retry: true },
  internal: { status: 500, retry: true },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** An error as it stands on the wire. `message` is English for developers; user interfaces translate the code. */
export interface WireError {
  code: ErrorCode;
  message: string;
  /** The path of the field that is wrong, as `members.0.user`. */
  field?: string;
  /** Milliseconds to wait before the same request may succeed. */
  retryAfter?: number;
}

/** What the codes need beside their message. */
export interface ErrorDetails {
  field?: string;
  retryAfter?: number;
}

/** The error that operations throw and clients receive; it carries one code of the table and no stack over the wire. */
export class InlayError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'InlayError';
    this.code = code;
    this.field = details.field;
    this.retryAfter = details.retryAfter;
  }

  /** Whether the same request may succeed later. */
  get retry(): boolean {
    return ERRORS[this.code].retry;
  }

  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.field === undefined ? {} : { field: this.field }),
      ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }),
    };
  }
}

/**
 * Why a socket was closed. 4000–4099: connect again and resume with the cursor. 4100–4199: get a fresh token, then
 * connect again. 4500–4599: do not connect again by yourself. Any other code, 1006 above all, means resume.
 */
export const CLOSE = {
  resume: 4000,
  stopping: 4001,
  tooManyConnections: 4002,
  tokenExpired: 4100,
  unauthenticated: 4500,
  signedOut: 4501,
  badFrame: 4502,
  unsupportedVersion: 4503,
} as const;

export type CloseReason = keyof typeof CLOSE;

/** What a client does after a close code. */
export function afterClose(code: number): 'resume' | 'refresh' | 'stop' {
  if (code >= 4500 && code < 4600) return 'stop';
  if (code >= 4100 && code < 4200) return 'refresh';
  return 'resume';
}
