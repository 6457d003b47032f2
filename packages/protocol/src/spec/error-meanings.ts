import type { ErrorCode } from '../errors.ts';

/** What happened and what to do about it. Apart from the table itself, as a client carries that one. */
export const ERROR_MEANINGS: Readonly<Record<ErrorCode, string>> = {
  invalid_input: 'A field is missing, unknown or out of bounds; `field` names it.',
  unauthenticated: 'No valid token or key came with the request; sign in.',
  token_expired: 'The access token is past its time; refresh it and send again.',
  wrong_credentials: 'Name, password, code or token do not match.',
  signed_out: 'This device was signed out; sign in again.',
  forbidden: 'You may see this, but not do that to it; `message` says who may.',
  not_found: 'There is no such thing, or it is not yours to see.',
  unknown_operation: 'This node does not know the operation; check name and version.',
  conflict: 'The id or name is taken by something else; choose another.',
  resync: 'The cursor belongs to another epoch; drop it and sync from the start.',
  limit_reached: 'A bound on how many is reached; remove something first.',
  too_late: 'The time in which this may be changed is over.',
  too_large: 'The frame or body is larger or deeper than allowed; make it smaller.',
  rejected:
    'The bytes of the file were refused: broken, not what they pose as, too large once unpacked, or found harmful.',
  unsupported_version: 'This node no longer serves the protocol version; update.',
  rate_limited: 'Too many requests; wait `retryAfter` milliseconds.',
  busy: 'The node has more work waiting than it takes; wait `retryAfter`.',
  stopping: 'The node is stopping; connect again, another one may answer.',
  internal: 'The node failed; the log has the reason under the request id.',
};
