import { InlayError, type Input, type Me } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Jobs } from '../../core/jobs.ts';
import type { Trx } from '../../db/database.ts';
import type { UsersDeps } from './index.ts';
import { ensureUsers, readUsers, writeProfile } from './queries.ts';
import { tellProfile } from './tell.ts';

type Profiles = Input<'users.upsert'>['users'];

/** Ids of people with accounts of their own belong to those people, not to the host app. */
async function checkHost(trx: Trx, app: number, ids: readonly string[]): Promise<void> {
  const foreign = (await readUsers(trx, app, ids)).find((u) => u.kind !== 'host');
  if (foreign !== undefined) {
    throw new InlayError('conflict', `"${foreign.id}" is an account of its own; choose another id.`, {
      field: 'users',
    });
  }
}

async function write(
  trx: Trx,
  { app, jobs }: { app: number; jobs: Jobs },
  profiles: Profiles,
  at: Date,
): Promise<Me[]> {
  const ids = profiles.map((p) => p.id);
  await checkHost(trx, app, ids);
  await ensureUsers(trx, { app, ids, kind: 'host', at });
  const changed: Me[] = [];
  // In the order of their ids, so that two such calls never wait for each other in a circle.
  for (const p of [...profiles].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const me = await writeProfile(
      trx,
      { app, user: p.id, jobs, field: `users.${profiles.indexOf(p)}.avatar` },
      p,
    );
    if (me !== undefined) changed.push(me);
  }
  return changed;
}

export const upsert =
  ({ log, jobs }: UsersDeps): Handler<'users.upsert'> =>
  async (caller, input) => {
    const app = caller.app.pk;
    const at = new Date(log.now());
    const changed = await log.db.transaction().execute((trx) => write(trx, { app, jobs }, input.users, at));
    for (const me of changed) tellProfile(log.fanout, app, me);
    return {
      users: await readUsers(
        log.db,
        app,
        input.users.map((u) => u.id),
      ),
    };
  };
