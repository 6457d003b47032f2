import { fileURLToPath } from 'node:url';
import { once, type Resource, resource } from '../resource.ts';

/** Found by its path when it is needed: the server may not depend on the apps, nor need them to start. */
const BUNDLE = fileURLToPath(new URL('../../../../../apps/messenger/bundle.ts', import.meta.url));

/** What the bundling functions of apps/messenger/bundle.ts give. */
interface BundledFile {
  readonly path: string;
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly forever: boolean;
}

interface WebFile extends Resource {
  /** Whether the path names the content, so that a copy never gets old. */
  readonly forever: boolean;
}

/** By path, as in `/sw.js`. */
export type WebFiles = ReadonlyMap<string, WebFile>;

/** Each gives its files, made at the first call; a call that failed is made again the next time. */
export interface WebBundles {
  messenger(): Promise<WebFiles>;
  widget(): Promise<WebFiles>;
}

/** Makes bundles of functions that bundle. */
export function createBundles(
  bundlers: Readonly<Record<keyof WebBundles, () => Promise<readonly BundledFile[]>>>,
): WebBundles {
  const kept = (bundle: () => Promise<readonly BundledFile[]>) =>
    once(async () => {
      const files = await bundle();
      return new Map(
        files.map(({ path, type, body, forever }) => [path, { ...resource(type, body), forever }]),
      );
    });
  return { messenger: kept(bundlers.messenger), widget: kept(bundlers.widget) };
}

/** Those of this process, whatever the number of its nodes. */
export const webBundles: WebBundles = createBundles({
  messenger: async () => await (await import(BUNDLE)).bundleMessenger(),
  widget: async () => await (await import(BUNDLE)).bundleWidget(),
});
