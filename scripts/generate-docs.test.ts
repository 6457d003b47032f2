import { expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generate, outdated } from './generate-docs.ts';

test('the generated files under docs/ are up to date', async () => {
  const stale = await outdated(await generate());
  expect(stale, 'run "npm run docs" and commit what it writes').toEqual([]);
});

test('a file that is missing or changed is noticed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inlay-docs-'));
  try {
    await Bun.write(join(folder, 'same.md'), 'same');
    await Bun.write(join(folder, 'changed.md'), 'other');
    const files = new Map(['same.md', 'changed.md', 'missing.md'].map((path) => [path, 'same']));
    expect(await outdated(files, pathToFileURL(`${folder}/`))).toEqual(['changed.md', 'missing.md']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
