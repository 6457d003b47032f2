import { InlayError } from '@inlay-im/protocol';
import { FreshCache } from '../../core/fresh-cache.ts';
import type { Db } from '../../db/database.ts';
import { type HostKey, readPublicKeys } from './public-keys.ts';
import { type AppRecord, DEFAULT_APP, findApp, findAppByPk } from './queries.ts';

/** An app with everything that requests are decided by. */
export interface AppEntry extends AppRecord {
  /** The host app's registered public keys by their id. */
  keys: ReadonlyMap<string, HostKey>;
}

/** Settings and keys are changed by the command line, which is another process: nodes see it after this, in ms. */
const APP_TTL = 5_000;
const APPS = 1000;

export interface AppDirectory {
  /** The app that a client named, or the default one. Throws `not_found`. */
  named(id: string | undefined): Promise<AppEntry>;
  /** The app of a token of ours; undefined if it is gone. */
  byPk(pk: number): Promise<AppEntry | undefined>;
}

/** Looks apps up, from memory as a rule. */
export function createAppDirectory(db: Db, now: () => number): AppDirectory {
  const complete = async (app: AppRecord | undefined): Promise<AppEntry | undefined> =>
    app && { ...app, keys: await readPublicKeys(db, app.pk) };
  const shared = { keys: APPS, ttl: APP_TTL, now };
  const byId = new FreshCache<AppEntry>({ ...shared, load: async (id) => complete(await findApp(db, id)) });
  const byPk = new FreshCache<AppEntry>({
    ...shared,
    load: async (pk) => complete(await findAppByPk(db, Number(pk))),
  });
  return {
    async named(id = DEFAULT_APP) {
      const app = await byId.get(id);
      if (app === undefined)
        throw new InlayError('not_found', 'There is no such app; check its id.', { field: 'app' });
      return app;
    },
    byPk: (pk) => byPk.get(String(pk)),
  };
}
