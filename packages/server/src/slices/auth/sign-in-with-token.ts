import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Jobs } from '../../core/jobs.ts';
import type { Trx } from '../../db/database.ts';
import { ensureUsers, readMe, writeProfile } from '../users/index.ts';
import type { AuthContext } from './context.ts';
import { type Entrant, enter } from './enter.ts';
import { type HostClaims, readHostToken } from './host-token.ts';

/** Someone who made an account here is not the person whom the host app means by the same id. */
function checkHost(kind: string): void {
  if (kind === 'host') return;
  throw new InlayError('conflict', 'This id is an account of its own in this app; give the person another.', {
    field: 'token',
  });
}

async function welcome(
  trx: Trx,
  { app, jobs }: { app: number; jobs: Jobs },
  { claims, at }: { claims: HostClaims; at: Date },
): Promise<Entrant> {
  const { sub: user, name, avatar } = claims;
  await ensureUsers(trx, { app, ids: [user], kind: 'host', at });
  const known = await readMe(trx, app, user);
  checkHost(known.kind);
  const changed =
    (name !== undefined && name !== known.name) || (avatar !== undefined && avatar !== known.avatar);
  if (changed) await writeProfile(trx, { app, user, jobs }, { name, avatar });
  return { user, changed };
}

export const signInWithToken =
  (context: AuthContext): Handler<'auth.signInWithToken'> =>
  async (_caller, input) => {
    const app = await context.apps.named(input.app);
    const now = context.now();
    const claims = await readHostToken(app, input.token, now);
    return await enter(context, {
      app,
      device: input.device,
      identify: (trx) => welcome(trx, { app: app.pk, jobs: context.jobs }, { claims, at: new Date(now) }),
    });
  };
