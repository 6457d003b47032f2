import type { Output } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Log, Viewer } from '../../log/index.ts';
import { readMe } from '../users/index.ts';
import { formatCursor, type Horizon, readHorizon, sinceOf } from './cursor.ts';
import { parsePageToken, readPage } from './page.ts';

export { type Opening, readOpening } from './opening.ts';

export interface SyncDeps {
  log: Log;
  /** The epoch of the database's history. */
  epoch: string;
}

/** Begins a sync: what follows the cursor, with the cursor that the next sync begins at. Throws `resync`. */
export async function firstPage(
  { log, epoch }: SyncDeps,
  viewer: Viewer,
  from: { cursor?: string | undefined; limit: number; horizon: Horizon },
) {
  const { horizon } = from;
  const since = sinceOf(from.cursor, epoch, horizon);
  const cursor = formatCursor({ epoch, xid: horizon.safe });
  return await readPage(log.db, viewer, {
    since,
    cursor,
    round: horizon.safe,
    limit: from.limit,
    after: null,
  });
}

const page =
  (deps: SyncDeps): Handler<'sync.page'> =>
  async (caller, input): Promise<Output<'sync.page'>> => {
    const viewer = { app: caller.app.pk, user: caller.user };
    const me = await readMe(deps.log.db, viewer.app, viewer.user);
    const sync =
      input.next === undefined
        ? await firstPage(deps, viewer, { ...input, horizon: await readHorizon(deps.log.db) })
        : await readPage(deps.log.db, viewer, parsePageToken(input.next, input.limit));
    return { epoch: deps.epoch, userRev: me.rev, me, sync };
  };

/** Sync: what changed since a cursor, whatever it was. */
export const syncHandlers = (deps: SyncDeps) => ({ 'sync.page': page(deps) });
