import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { DeviceRow } from '../devices/index.ts';

/** A refresh token that this database's nodes issued, of whatever age. */
export interface RefreshToken {
  device: string;
  /** When it was issued, in ms. */
  at: number;
  secret: Buffer;
  /** SHA-256 of its text, the one thing of it that is stored. */
  hash: Buffer;
}

/** A lost answer is forgiven this long, in ms. */
const FORGIVEN = 30_000;

const PATTERN = /^rt_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([\w-]{54})$/;
const [TIME, SECRET, MAC] = [6, 18, 16];

const keyOf = (tokenSecret: string): Buffer =>
  createHmac('sha256', tokenSecret).update('refresh token').digest();

function macOf(tokenSecret: string, device: string, body: Uint8Array): Buffer {
  return createHmac('sha256', keyOf(tokenSecret)).update(device).update(body).digest().subarray(0, MAC);
}

export interface NewRefreshToken {
  device: string;
  at: number;
  secret: Uint8Array;
}

/**
 * The text of a refresh token: its time and its secret, with a MAC, so that what was never issued is told from what
 * was issued once and used up: only the latter signs a device out.
 */
export function writeRefreshToken(
  tokenSecret: string,
  { device, at, secret }: NewRefreshToken,
): { text: string; hash: Buffer } {
  const body = Buffer.alloc(TIME + SECRET);
  body.writeUIntBE(at, 0, TIME);
  body.set(secret.subarray(0, SECRET), TIME);
  const text = `rt_${device}_${Buffer.concat([body, macOf(tokenSecret, device, body)]).toString('base64url')}`;
  return { text, hash: createHash('sha256').update(text).digest() };
}

/** The token in a text, or undefined where it was never issued. */
export function readRefreshToken(tokenSecret: string, text: string): RefreshToken | undefined {
  const [, device, rest] = PATTERN.exec(text) ?? [];
  if (device === undefined || rest === undefined) return undefined;
  const bytes = Buffer.from(rest, 'base64url');
  // Of several texts for the same bytes one was issued.
  if (bytes.toString('base64url') !== rest) return undefined;
  const body = bytes.subarray(0, TIME + SECRET);
  if (!timingSafeEqual(bytes.subarray(TIME + SECRET), macOf(tokenSecret, device, body))) return undefined;
  const hash = createHash('sha256').update(text).digest();
  return { device, at: body.readUIntBE(0, TIME), secret: body.subarray(TIME), hash };
}

/** The number of secret bytes that a first token takes. */
export const SECRET_BYTES = SECRET;

/**
 * The secret of the token after this one. As it follows from this one, a repeated request gets the token whose answer
 * was lost, rather than a second one that would compete with it.
 */
export function nextSecret(tokenSecret: string, token: RefreshToken): Buffer {
  const mac = createHmac('sha256', keyOf(tokenSecret))
    .update('next')
    .update(token.device)
    .update(token.secret);
  return mac.digest().subarray(0, SECRET);
}

export type Verdict = 'rotate' | 'repeat' | 'reused' | 'expired';

const same = (a: Uint8Array, b: Uint8Array | null): boolean =>
  b !== null && a.length === b.length && timingSafeEqual(a, b);

/**
 * What becomes of a refresh token, given its device as stored. One that is newer than anything stored was issued by a
 * history that a restored backup does not have, and is as good as the current one.
 */
export function judge(
  row: Pick<DeviceRow, 'refresh_hash' | 'previous_hash' | 'rotated_at' | 'expires_at'>,
  token: RefreshToken,
  now: number,
): Verdict {
  if (row.expires_at.getTime() <= now) return 'expired';
  if (same(token.hash, row.refresh_hash)) return 'rotate';
  const rotatedAt = row.rotated_at.getTime();
  if (same(token.hash, row.previous_hash)) return now - rotatedAt <= FORGIVEN ? 'repeat' : 'reused';
  return token.at > rotatedAt ? 'rotate' : 'reused';
}
