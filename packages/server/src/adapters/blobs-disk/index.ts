import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { linkOrCopy } from '../../core/link-or-copy.ts';
import { type BlobEntry, type BlobKey, BlobMissing, type BlobStore } from '../../ports/blobs.ts';

export interface DiskBlobsOptions {
  /** Made when it is first needed. */
  folder: string;
  /** A new name at every call. */
  uuid: () => string;
}

const HASH = /^[0-9a-f]{64}$/;

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder, and has its entry in each folder above reach the disk. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await sync(dirname(made));
}

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What a put that was killed left behind is this old, in ms. */
const ABANDONED = 3600_000;

async function clear(folder: string): Promise<void> {
  for (const { name } of await entries(folder)) {
    const found = await statOf(join(folder, name));
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED)
      await rm(join(folder, name), { force: true });
  }
}

/** Blobs as files below one folder: `<app>/<2 digits of the hash>/<2 more>/<hash>`. */
export function diskBlobs({ folder, uuid }: DiskBlobsOptions): BlobStore {
  const pathOf = ({ app, hash }: BlobKey): string => {
    if (!HASH.test(hash)) throw new BlobMissing('that is no hash of a blob');
    return join(folder, String(app), hash.slice(0, 2), hash.slice(2, 4), hash);
  };

  const temporaries = join(folder, 'tmp');

  async function* list(): AsyncGenerator<BlobEntry> {
    await clear(temporaries);
    for (const app of await entries(folder)) {
      if (!/^\d+$/.test(app.name)) continue;
      for (const one of await entries(join(folder, app.name))) {
        for (const two of await entries(join(folder, app.name, one.name))) {
          for (const { name } of await entries(join(folder, app.name, one.name, two.name))) {
            const found = await statOf(join(folder, app.name, one.name, two.name, name));
            if (found === undefined || !HASH.test(name)) continue;
            // The bytes may be older than their name here: a link changes ctime alone.
            yield { key: { app: Number(app.name), hash: name }, at: found.ctimeMs };
          }
        }
      }
    }
  }

  return {
    name: 'disk',
    async put(key, path) {
      const target = pathOf(key);
      await makeFolder(dirname(target));
      await makeFolder(temporaries);
      const temporary = join(temporaries, uuid());
      try {
        await linkOrCopy(path, temporary);
        await sync(temporary);
        await rename(temporary, target);
        await sync(dirname(target));
      } finally {
        // Two names of one file cannot be renamed into each other: then both stay (rename(2)).
        await rm(temporary, { force: true });
      }
    },
    async read(key, range) {
      const file = Bun.file(pathOf(key));
      if (!(await file.exists())) throw new BlobMissing('there is no such file in the folder of blobs');
      return range === undefined ? file : file.slice(range.start, range.end);
    },
    size: async (key) => (await statOf(pathOf(key)))?.size,
    delete: (key) => rm(pathOf(key), { force: true }),
    list,
  };
}
