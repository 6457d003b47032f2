export { createApiKey, createApiKeys, listApiKeys, revokeApiKey } from './api-keys.ts';
export { type AppDirectory, type AppEntry, createAppDirectory } from './directory.ts';
export { appsMigrations } from './migrations.ts';
export { type NodeState, newEpoch, openNodeState } from './node-state.ts';
export { addPublicKey, readPublicKeys, removePublicKey } from './public-keys.ts';
export { type AppRecord, createApp, DEFAULT_APP, findApp, listApps, writeSettings } from './queries.ts';
export { AppSettings } from './settings.ts';
