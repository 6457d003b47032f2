import { InlayError, LIMITS, type Tokens } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Trx } from '../../db/database.ts';
import { type DeviceRow, deleteDevice, lockDevice, writeRotation } from '../devices/index.ts';
import { readUsers } from '../users/index.ts';
import { issueAccessToken } from './access-token.ts';
import { type AuthContext, wrongCredentials } from './context.ts';
import {
  judge,
  nextSecret,
  type RefreshToken,
  readRefreshToken,
  writeRefreshToken,
} from './refresh-token.ts';

const signedOut = (): InlayError =>
  new InlayError('signed_out', 'This device was signed out; sign in again.');

type Refreshed = Pick<Tokens, 'refreshToken' | 'refreshExpiresAt'>;

/** The token after this one, stored unless it was before. */
async function rotate(
  trx: Trx,
  context: AuthContext,
  o: { row: DeviceRow; token: RefreshToken; repeat: boolean },
): Promise<Refreshed> {
  const { row, token, repeat } = o;
  // Always later than the one before, whatever the clocks of two nodes say.
  const at = repeat ? row.rotated_at.getTime() : Math.max(context.now(), row.rotated_at.getTime() + 1);
  const secret = nextSecret(context.tokenSecret, token);
  const { text, hash } = writeRefreshToken(context.tokenSecret, { device: token.device, at, secret });
  const refreshExpiresAt = at + LIMITS.refreshToken;
  if (!repeat) {
    const expiresAt = new Date(refreshExpiresAt);
    await writeRotation(trx, token.device, {
      refreshHash: hash,
      previousHash: token.hash,
      at: new Date(at),
      expiresAt,
    });
  }
  return { refreshToken: text, refreshExpiresAt };
}

type Outcome = { row: DeviceRow; refreshed: Refreshed | null };

/** Undefined: the device is signed out. Null instead of tokens: it was signed out just now. */
async function trade(trx: Trx, context: AuthContext, token: RefreshToken): Promise<Outcome | undefined> {
  const row = await lockDevice(trx, token.device);
  if (row === undefined) return undefined;
  const verdict = judge(row, token, context.now());
  if (verdict === 'rotate' || verdict === 'repeat') {
    return { row, refreshed: await rotate(trx, context, { row, token, repeat: verdict === 'repeat' }) };
  }
  await deleteDevice(trx, { app: row.app, user: row.user_id }, row.id);
  return { row, refreshed: null };
}

export const refresh =
  (context: AuthContext): Handler<'auth.refresh'> =>
  async (_caller, input) => {
    const { db, tokenSecret, devices, now } = context;
    const token = readRefreshToken(tokenSecret, input.refreshToken);
    if (token === undefined) throw wrongCredentials();
    const outcome = await db.transaction().execute((trx) => trade(trx, context, token));
    if (outcome === undefined) throw signedOut();
    const { row, refreshed } = outcome;
    if (refreshed === null) {
      devices.removed([row.id]);
      throw signedOut();
    }
    const [user] = await readUsers(db, row.app, [row.user_id]);
    if (user === undefined) throw signedOut();
    const { token: accessToken, expiresAt } = issueAccessToken(
      tokenSecret,
      { app: row.app, user: row.user_id, device: row.id },
      now(),
    );
    return { accessToken, expiresAt, ...refreshed, device: row.id, user };
  };
