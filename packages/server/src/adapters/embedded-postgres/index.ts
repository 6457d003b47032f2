import { rmSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { SQL } from 'bun';
import { accountFor } from './account.ts';
import { packagedFolder, usableBinaries } from './binaries.ts';
import { prepareCluster, SUPERUSER } from './cluster.ts';
import { DataFolderInUse, FolderUnusable } from './errors.ts';
import { stopLeftover } from './leftover.ts';
import { lockFile } from './lock.ts';
import { existingHome, openHome, openSocketFolder, SYSTEM_FOLDER } from './places.ts';
import { PORT, type Server, startServer } from './server.ts';

export * from './errors.ts';

const DATABASE = 'inlay';

export interface EmbeddedPostgres {
  /** Folder of the Unix socket `.s.PGSQL.<port>`. There is no password: only this user and root can enter it. */
  readonly socketDir: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly pid: number;
  /** Resolves with the exit code when the server has ended, asked or not, and the data folder is free again. */
  readonly exited: Promise<number>;
  /** Clean stop within 5 s, or else an immediate one, after which the next start recovers. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** The node's data folder; PostgreSQL lives in `<dataDir>/postgres`. Made if missing. */
  readonly dataDir: string;
  /** Receives PostgreSQL's own log and this adapter's, line by line. */
  readonly log: (line: string) => void;
}

/** Bytes this process may use. */
function memory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}

async function createDatabase(socketDir: string): Promise<void> {
  const path = join(socketDir, `.s.PGSQL.${PORT}`);
  const sql = new SQL({ adapter: 'postgres', path, username: SUPERUSER, database: 'postgres', max: 1 });
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`;
    if (found.length === 0) await sql.unsafe(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await sql.close();
  }
}

async function startLocked(home: string, { dataDir, log }: EmbeddedPostgresOptions) {
  const account = await accountFor(join(home, 'data'));
  const binaries = await usableBinaries(packagedFolder(), account ? SYSTEM_FOLDER : home, account);
  await stopLeftover(join(home, 'data'), log);
  const machine = { memory: memory(), platform: process.platform };
  const data = await prepareCluster({ home, binaries, machine, account });
  const socketDir = openSocketFolder(home, account);
  const server = await startServer({ folder: binaries.folder, data, socketDir, account, log });
  try {
    await createDatabase(socketDir);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, socketDir, dataDir };
}

function handle(server: Server, socketDir: string, cleanUp: () => void): EmbeddedPostgres {
  const exited = server.exited.finally(cleanUp);
  const stop = async () => {
    await server.stop();
    await exited;
  };
  return { socketDir, port: PORT, database: DATABASE, username: SUPERUSER, pid: server.pid, exited, stop };
}

/**
 * Starts a PostgreSQL of our own on the data folder: creates the database the first time, takes the folder over
 * from a node that was killed, and shares it with no one.
 * @throws EmbeddedPostgresError with a message that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  try {
    const before = existingHome(dataDir);
    const home = await openHome(dataDir, await accountFor(before && join(before, 'data')), options.log);
    const lock = lockFile(join(home, 'lock'));
    if (!lock.ok) throw new DataFolderInUse(dataDir, lock.holder);
    try {
      const { server, socketDir } = await startLocked(home, { ...options, dataDir });
      return handle(server, socketDir, () => {
        if (!socketDir.startsWith(`${home}/`)) rmSync(socketDir, { recursive: true, force: true });
        lock.release();
      });
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw inWords(error, dataDir);
  }
}

/** The file system's own refusals name the path; what is missing is what to do. */
function inWords(error: unknown, dataDir: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new FolderUnusable(
      `The data folder ${dataDir} cannot be used (${code} on ${path ?? dataDir}): ` +
        'give it to the user who starts the node, or choose another with INLAY_DATA.',
    );
  }
  if (code === 'ENOSPC')
    return new FolderUnusable(`The disk of ${dataDir} is full: make room, then start again.`);
  return error;
}
