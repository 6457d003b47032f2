import type { Jobs } from '../../core/jobs.ts';
import type { Db } from '../../db/database.ts';
import type { AppDirectory } from './directory.ts';
import { get } from './get.ts';
import { update } from './update.ts';

export { createApiKey, createApiKeys, listApiKeys, revokeApiKey } from './api-keys.ts';
export { writeAppAvatar } from './avatar.ts';
export { type AppDirectory, type AppEntry, createAppDirectory } from './directory.ts';
export { appsMigrations } from './migrations.ts';
export { type NodeState, newEpoch, openNodeState } from './node-state.ts';
export { addPublicKey, readPublicKeys, removePublicKey } from './public-keys.ts';
export { type AppRecord, createApp, DEFAULT_APP, findApp, listApps, writeSettings } from './queries.ts';
export { AppSettings } from './settings.ts';

/** The app that one signs in to, as anyone may see it. */
export const appHandlers = (deps: { db: Db; jobs: Jobs; apps: AppDirectory }) => ({
  'apps.get': get(deps.apps),
  'apps.update': update(deps),
});
