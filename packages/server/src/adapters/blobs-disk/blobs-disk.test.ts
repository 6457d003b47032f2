import { expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobContract } from '../blobs.contract.ts';
import { diskBlobs } from './index.ts';

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-disk-'));
  const store = diskBlobs({ folder: join(folder, 'blobs'), uuid: () => crypto.randomUUID() });
  return { store, folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

blobContract('disk', open);

test('a file of the same disk is not copied, but gets a second name', async () => {
  const { store, folder, close } = open();
  const path = join(folder, 'large');
  await Bun.write(path, 'bytes');
  const hash = 'ab'.repeat(32);
  await store.put({ app: 1, hash }, path);
  const kept = await stat(join(folder, 'blobs', '1', 'ab', 'ab', hash));
  expect(kept.ino).toBe((await stat(path)).ino);
  expect(await readdir(join(folder, 'blobs', 'tmp'))).toEqual([]);
  close();
});

test('a hash that is none leads nowhere', async () => {
  const { store, close } = open();
  for (const hash of ['../../../etc/passwd', '', 'A'.repeat(64), 'ab']) {
    expect(await store.size({ app: 1, hash }).catch((error) => error.name)).toBe('BlobMissing');
  }
  close();
});

test('what a put left behind that was killed goes when the store is listed', async () => {
  const { store, folder, close } = open();
  const path = join(folder, 'small');
  await Bun.write(path, 'bytes');
  await store.put({ app: 1, hash: 'cd'.repeat(32) }, path);
  const [old, fresh] = ['old', 'fresh'].map((name) => join(folder, 'blobs', 'tmp', name));
  for (const one of [old, fresh]) await Bun.write(one ?? '', 'half');
  const long = new Date(Date.now() - 2 * 3600_000);
  await utimes(old ?? '', long, long);
  for await (const _ of store.list());
  expect(await readdir(join(folder, 'blobs', 'tmp'))).toEqual(['fresh']);
  close();
});
