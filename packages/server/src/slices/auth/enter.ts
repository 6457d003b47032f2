import { LIMITS, type Me, type Tokens } from '@inlay-im/protocol';
import type { App } from '../../core/caller.ts';
import type { Trx } from '../../db/database.ts';
import { insertDevice } from '../devices/index.ts';
import { readMe, tellProfile } from '../users/index.ts';
import { issueAccessToken } from './access-token.ts';
import type { AuthContext } from './context.ts';
import { SECRET_BYTES, writeRefreshToken } from './refresh-token.ts';

/** Who comes in: found, or made, within the transaction. */
export interface Entrant {
  user: string;
  /** Whether signing in changed their profile, which is then told. */
  changed: boolean;
}

export interface Entry {
  app: App;
  /** The new device's name. */
  device: string | undefined;
  identify(trx: Trx): Promise<Entrant>;
}

function withoutSettings({ presenceVisibility: _, rev: __, ...user }: Me): Tokens['user'] {
  return user;
}

/** Signs someone in on a new device: both the person and the device are there, or neither. */
export async function enter(context: AuthContext, { app, device: name, identify }: Entry): Promise<Tokens> {
  const { db, now, uuid, randomBytes, tokenSecret, devices, fanout } = context;
  const at = now();
  const device = uuid();
  const refreshExpiresAt = at + LIMITS.refreshToken;
  const refresh = writeRefreshToken(tokenSecret, { device, at, secret: randomBytes(SECRET_BYTES) });
  const { entrant, me, gone } = await db.transaction().execute(async (trx) => {
    const entrant = await identify(trx);
    const owner = { app: app.pk, user: entrant.user };
    const gone = await insertDevice(trx, {
      ...owner,
      id: device,
      name,
      refreshHash: refresh.hash,
      at: new Date(at),
      expiresAt: new Date(refreshExpiresAt),
    });
    return { entrant, gone, me: await readMe(trx, app.pk, entrant.user) };
  });
  devices.added(device);
  devices.removed(gone);
  if (entrant.changed) tellProfile(fanout, app.pk, me);
  const { token, expiresAt } = issueAccessToken(tokenSecret, { app: app.pk, user: entrant.user, device }, at);
  const user = withoutSettings(me);
  return { accessToken: token, expiresAt, refreshToken: refresh.text, refreshExpiresAt, device, user };
}
