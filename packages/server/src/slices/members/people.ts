import { InlayError } from '@inlay-im/protocol';
import type { Caller } from '../../core/caller.ts';
import type { Trx } from '../../db/database.ts';
import { AppSettings } from '../apps/index.ts';
import { ensureUsers } from '../users/index.ts';

async function mayIntroduce(trx: Trx, caller: Caller): Promise<boolean> {
  if (caller.scopes !== null) return true;
  if (caller.user === null) return false;
  const row = await trx
    .selectFrom('users')
    .innerJoin('apps', 'apps.pk', 'users.app')
    .select(['users.kind', 'apps.settings'])
    .where('users.app', '=', caller.app.pk)
    .where('users.id', '=', caller.user)
    .executeTakeFirst();
  return row?.kind === 'host' && AppSettings.parse(row.settings).openUsers;
}

/**
 * Makes sure that all these people exist: a backend, and a person whom the host app vouched for, may name someone
 * who has not been seen yet. Throws `not_found` for the first whom the caller may not bring into being.
 */
export async function admit(trx: Trx, caller: Caller, users: readonly string[], at: Date): Promise<void> {
  if (users.length === 0) return;
  const rows = await trx
    .selectFrom('users')
    .select('id')
    .where('app', '=', caller.app.pk)
    .where('id', 'in', [...users])
    .execute();
  const known = new Set(rows.map((r) => r.id));
  const unknown = users.filter((u) => !known.has(u));
  if (unknown.length === 0) return;
  if (!(await mayIntroduce(trx, caller))) {
    throw new InlayError('not_found', `There is no user "${unknown[0]}".`, { field: 'users' });
  }
  await ensureUsers(trx, { app: caller.app.pk, ids: unknown, kind: 'host', at });
}
