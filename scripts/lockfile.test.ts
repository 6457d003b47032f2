import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';

interface Entry {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = new URL('../package-lock.json', import.meta.url);
const entries = (JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> }).packages;

/** Where Node would look for a package from a folder: its own `node_modules`, then those of the folders above. */
function places(from: string, name: string): string[] {
  const parts = from === '' ? [] : from.split('/');
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    [...parts.slice(0, parts.length - up), 'node_modules', name].join('/'),
  );
}

test('the lockfile names no registry, so that everyone installs from their own', () => {
  const foreign = Object.entries(entries).filter(([, { resolved }]) => resolved?.includes('://'));
  expect(foreign.map(([path]) => path)).toEqual([]);
});

// npm leaves out what a registry does not have for other systems, and then `npm ci` refuses the lockfile. Bring the
// entry back from the lockfile's history, with the new version.
test('the lockfile holds every dependency, those of other systems included', () => {
  const missing = Object.entries(entries).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !places(path, name).some((place) => place in entries))
      .map((name) => `${name}, for ${path || 'the workspace'}`),
  );
  expect(missing).toEqual([]);
});
