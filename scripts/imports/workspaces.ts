import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** Finds what a specifier means inside this repository. */
export type Resolve = (from: string, specifier: string) => string;

const MANIFESTS = ['{packages,apps}/*/package.json', '{bench,e2e}/package.json'];

/**
 * The resolver of a repository. Own packages resolve to the file that their `exports` name, and to their folder
 * where these name none; anything foreign stays as it is written.
 *
 * @param root the repository's folder
 */
export function resolverOf(root: string): Resolve {
  const packages = new Map<string, { folder: string; manifest: Manifest }>();
  for (const path of MANIFESTS.flatMap((each) => [...new Bun.Glob(each).scanSync({ cwd: root })])) {
    const manifest = JSON.parse(readFileSync(`${root}/${path}`, 'utf8')) as Manifest;
    packages.set(manifest.name, { folder: posix.dirname(path), manifest });
  }

  return (from, specifier) => {
    if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    const own = packages.get(name);
    if (own === undefined) return specifier;
    const target = own.manifest.exports?.[`.${specifier.slice(name.length)}`];
    return typeof target === 'string' ? posix.join(own.folder, target) : `${own.folder}/`;
  };
}
