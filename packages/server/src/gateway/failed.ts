import { ERRORS, type InlayError } from '@inlay-im/protocol';
import type { Context } from 'hono';

/** An error as an answer over HTTP. */
export function failed(c: Context, error: InlayError, headers: Record<string, string> = {}): Response {
  if (error.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(error.retryAfter / 1000)));
  return c.json({ error: error.toWire() }, ERRORS[error.code].status, headers);
}
