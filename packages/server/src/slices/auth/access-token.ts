import { createHmac, timingSafeEqual } from 'node:crypto';
import { InlayError, LIMITS } from '@inlay-im/protocol';

/** What an access token says. */
export interface AccessClaims {
  app: number;
  user: string;
  device: string;
  expiresAt: number;
}

/** {"alg":"HS256","typ":"at+jwt"}, RFC 9068. The one header that is issued is the one that is accepted. */
const HEADER = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'at+jwt' })).toString('base64url');

const sign = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(text).digest();

const invalid = (): InlayError =>
  new InlayError('unauthenticated', 'This access token is not valid; sign in again.');

/** A JWT (RFC 7519) of a device, valid for a quarter of an hour. */
export function issueAccessToken(
  secret: string,
  who: Omit<AccessClaims, 'expiresAt'>,
  now: number,
): { token: string; expiresAt: number } {
  const expiresAt = now + LIMITS.accessToken;
  const claims = { app: who.app, sub: who.user, device: who.device, exp: Math.ceil(expiresAt / 1000) };
  const body = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return { token: `${body}.${sign(secret, body).toString('base64url')}`, expiresAt: claims.exp * 1000 };
}

/**
 * The claims of a token that this database's nodes issued. Only that header and that key are accepted, so there is no
 * algorithm to be confused about. Throws `unauthenticated` or `token_expired`.
 */
export function readAccessToken(secret: string, token: string, now: number): AccessClaims {
  const dot = token.lastIndexOf('.');
  const body = token.slice(0, Math.max(0, dot));
  if (!body.startsWith(`${HEADER}.`)) throw invalid();
  const given = Buffer.from(token.slice(dot + 1), 'base64url');
  const expected = sign(secret, body);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalid();
  const claims = JSON.parse(Buffer.from(body.slice(HEADER.length + 1), 'base64url').toString());
  const expiresAt = claims.exp * 1000;
  if (expiresAt <= now)
    throw new InlayError('token_expired', 'This access token is past its time; refresh it.');
  return { app: claims.app, user: claims.sub, device: claims.device, expiresAt };
}
