import { InlayError } from '@inlay-im/protocol';
import type { App } from '../../core/caller.ts';
import type { AppDirectory } from '../apps/index.ts';
import type { Devices } from '../devices/index.ts';
import { readAccessToken } from './access-token.ts';

/** Who an access token is of. */
export interface Identity {
  app: App;
  user: string;
  device: string;
  expiresAt: number;
}

export interface VerifyDeps {
  apps: AppDirectory;
  devices: Devices;
  tokenSecret: string;
  now: () => number;
}

/** Checks an access token and that its device is signed in. Throws `unauthenticated`, `token_expired` or `signed_out`. */
export async function verifyAccessToken(
  { apps, devices, tokenSecret, now }: VerifyDeps,
  token: string,
): Promise<Identity> {
  const { app: pk, user, device, expiresAt } = readAccessToken(tokenSecret, token, now());
  const app = await apps.byPk(pk);
  if (app === undefined) throw new InlayError('unauthenticated', 'The app of this access token is gone.');
  // Last, so that nothing comes between this and what the caller does with it.
  if (!(await devices.isSignedIn(device))) {
    throw new InlayError('signed_out', 'This device was signed out; sign in again.');
  }
  return { app: { pk, id: app.id }, user, device, expiresAt };
}
