import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderUnusable } from './errors.ts';
import { type Account, run } from './process.ts';

/** Where root keeps what PostgreSQL's account must reach and the data folder is too private for. */
export const SYSTEM_FOLDER = '/var/lib/inlay';

/** sun_path is 104 bytes on macOS and 108 on Linux; PostgreSQL adds `/.s.PGSQL.5432` and a final zero. */
const LONGEST_SOCKET_FOLDER = 104 - '/.s.PGSQL.5432\0'.length;

/** The real path of `<dataDir>/postgres`, which may be a link; undefined if it does not exist yet. */
export function existingHome(dataDir: string): string | undefined {
  const pointer = join(dataDir, 'postgres');
  if (!lstatSync(pointer, { throwIfNoEntry: false })) return undefined;
  try {
    return realpathSync(pointer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new FolderUnusable(
      `${pointer} is a link to a folder that is gone: put the folder back, or remove the link to start empty.`,
    );
  }
}

/** Whether the account can pass through the folder; asked of the system, for modes are not the whole truth. */
async function canEnter(folder: string, account: Account): Promise<boolean> {
  return (await run(['/bin/sh', '-c', 'cd -- "$1"', 'sh', folder], account)).code === 0;
}

/** Root's folders are passable and not listable, so that the account reaches its own below them. */
function makeFolder(path: string, account: Account | undefined): void {
  if (mkdirSync(path, { recursive: true })) chmodSync(path, account ? 0o711 : 0o700);
}

function makeSystemHome(dataDir: string): string {
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  const home = mkdtempSync(join(SYSTEM_FOLDER, 'database-'));
  chmodSync(home, 0o711);
  try {
    symlinkSync(home, join(dataDir, 'postgres'));
    return home;
  } catch {
    // Another node was faster; what it made is the one.
    rmSync(home, { recursive: true });
    return existingHome(dataDir) ?? home;
  }
}

/**
 * The folder that holds everything of PostgreSQL, made if missing: `<dataDir>/postgres`, or, when the account
 * cannot get there, a folder of the system's with a link to it at that place.
 * @returns its real path.
 * @throws FolderUnusable when a database is there and the account cannot reach it.
 */
export async function openHome(
  dataDir: string,
  account: Account | undefined,
  log: (line: string) => void,
): Promise<string> {
  makeFolder(dataDir, account);
  const existing = existingHome(dataDir);
  if (existing) {
    if (account && !(await canEnter(existing, account))) {
      throw new FolderUnusable(
        `PostgreSQL's user (id ${account.uid}) cannot reach ${existing}: ` +
          'let others pass through every folder on the way (chmod o+x), or start the node as the folder’s owner.',
      );
    }
    return existing;
  }
  if (account && !(await canEnter(dataDir, account))) {
    const home = makeSystemHome(dataDir);
    log(`PostgreSQL's user cannot reach ${dataDir}, so the database is kept in ${home}`);
    return home;
  }
  makeFolder(join(dataDir, 'postgres'), account);
  return realpathSync(join(dataDir, 'postgres'));
}

/** Makes a folder, or takes an existing one, that only the account (or else this process) can use. */
export function makePrivate(path: string, account: Account | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const us = process.geteuid?.();
  if (!found.isDirectory() || (found.uid !== us && found.uid !== account?.uid)) {
    throw new FolderUnusable(
      `${path} belongs to someone else (user id ${found.uid}): remove it, or start the node as its owner.`,
    );
  }
  chmodSync(path, 0o700);
  if (account) chownSync(path, account.uid, account.gid);
}

/**
 * The folder for the Unix socket: in `home`, or, since socket paths are limited to about 100 bytes, a short one
 * whose name is a hash of `home`. Being a function of `home`, the lock on `home` covers it: what a killed node left
 * in it is stale, and is removed, since PostgreSQL would take a reused process id for a living owner.
 */
export function openSocketFolder(home: string, account: Account | undefined): string {
  const inside = join(home, 'socket');
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const outside = join(account ? SYSTEM_FOLDER : shortTemporaryFolder(), `inlay-socket-${hash}`);
  const path = Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER ? inside : outside;
  if (account && path === outside) mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  makePrivate(path, account);
  for (const name of readdirSync(path)) {
    if (name.startsWith('.s.PGSQL.')) rmSync(join(path, name), { force: true });
  }
  return path;
}

function shortTemporaryFolder(): string {
  return tmpdir().length <= 60 && statSync(tmpdir(), { throwIfNoEntry: false }) ? tmpdir() : '/tmp';
}
