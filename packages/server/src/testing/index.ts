/** A real node for the tests of other packages: what a client's test needs, and no more. */
export { createLocalHub } from '../adapters/bus-local/index.ts';
export { giphyStandIn } from '../adapters/gifs-giphy/stand-in.ts';
export { tenorStandIn } from '../adapters/gifs-tenor/stand-in.ts';
export type { Bus } from '../ports/bus.ts';
export { createApiKey, createApp, DEFAULT_APP, findApp, newEpoch } from '../slices/apps/index.ts';
export { readyFile } from './files.ts';
export { signHostToken, startTestNode, type TestNode } from './node.ts';
export { Peer } from './peer.ts';
export { seeded } from './scene.ts';
