/**
 * What browsers load from a node, bundled from the sources: the messenger with its service worker, and the widget. A
 * node calls these functions at the first request; build.ts writes the same files to dist/.
 */
export type { BundledFile } from './bundle/build.ts';
export { bundleMessenger } from './bundle/messenger.ts';
export { bundleWidget } from './bundle/widget.ts';
