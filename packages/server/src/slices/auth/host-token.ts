import { createSecretKey, type KeyObject } from 'node:crypto';
import { InlayError, Name, PictureAddress, UserId } from '@inlay-im/protocol';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { AppEntry } from '../apps/index.ts';

/** What a host app says of one of its people. Absent stays as it is, null clears. */
const Claims = z.object({ sub: UserId, name: Name.nullish(), avatar: PictureAddress.nullish() });
export type HostClaims = z.infer<typeof Claims>;

/** How far ahead a token may expire, in ms: it is for signing in now, not for keeping. */
const LONGEST = 24 * 3600_000;
/** Clocks of the host app and of the node may differ by this, in seconds. */
const TOLERANCE = 30;

const refused = (message: string): InlayError =>
  new InlayError('wrong_credentials', message, { field: 'token' });

/**
 * The key for a token, chosen by its header, with the one algorithm that this key is for: a public key is never taken
 * for an HMAC secret, nor is any token unsigned (RFC 8725 section 3.1).
 */
function keyFor(app: AppEntry, token: string): { key: KeyObject; alg: string } {
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw refused('This is not a JWT: expected three parts in base64url, separated by dots.');
  }
  if (header.alg === 'HS256') return { key: createSecretKey(Buffer.from(app.secret)), alg: 'HS256' };
  if (header.alg !== 'EdDSA' && header.alg !== 'RS256')
    throw refused('Sign the token with HS256, EdDSA or RS256.');
  const found = app.keys.get(header.kid ?? '');
  if (found === undefined || found.alg !== header.alg) {
    throw refused(`The header's "kid" names no ${header.alg} key that is registered with this app.`);
  }
  return found;
}

function inWords(error: unknown): InlayError {
  if (error instanceof errors.JWTExpired) return refused('This token is past its "exp"; give a new one.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return refused(`The claim "${error.claim}" is missing or does not hold.`);
  if (error instanceof errors.JOSEError) return refused('This token was not signed with a key of this app.');
  throw error;
}

async function verified(app: AppEntry, token: string, now: number): Promise<JWTPayload> {
  const { key, alg } = keyFor(app, token);
  try {
    const options = {
      algorithms: [alg],
      currentDate: new Date(now),
      clockTolerance: TOLERANCE,
      requiredClaims: ['exp', 'sub'],
    };
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    throw inWords(error);
  }
}

/**
 * What a JWT (RFC 7519) of the host app's backend says. Throws `wrong_credentials` for one that is not the app's or
 * not of now, and `invalid_input` for one that is, with a claim that cannot be used.
 */
export async function readHostToken(app: AppEntry, token: string, now: number): Promise<HostClaims> {
  const payload = await verified(app, token, now);
  if ((payload.exp ?? 0) * 1000 > now + LONGEST + TOLERANCE * 1000) {
    throw refused('The claim "exp" is more than 24 hours ahead; give tokens a shorter life.');
  }
  const claims = Claims.safeParse(payload);
  if (claims.success) return claims.data;
  const issue = claims.error.issues[0];
  throw new InlayError(
    'invalid_input',
    `The claim "${issue?.path.join('.')}" cannot be used: ${issue?.message}.`,
    { field: 'token' },
  );
}
