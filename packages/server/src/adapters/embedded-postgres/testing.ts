import { chmodSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQL } from 'bun';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { SYSTEM_FOLDER } from './places.ts';

const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];
const connections: SQL[] = [];

/** A fresh data folder; 0711 lets PostgreSQL's account pass, 0700 keeps it out. */
export function dataFolder(mode = 0o711): string {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-test-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

/** Starts a server that `cleanUp` stops; what it logs is added to `lines`. */
export async function start(dataDir: string, lines: string[] = []): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
  servers.push(server);
  return server;
}

export type Address = Pick<EmbeddedPostgres, 'socketDir' | 'port' | 'database' | 'username'>;

/** One connection, closed by `cleanUp`. */
export function connect({ socketDir, port, database, username }: Address): SQL {
  const path = join(socketDir, `.s.PGSQL.${port}`);
  const sql = new SQL({ adapter: 'postgres', path, username, database, max: 1 });
  connections.push(sql);
  return sql;
}

function removeWithHome(folder: string): void {
  try {
    const home = readlinkSync(join(folder, 'postgres'));
    if (home.startsWith(SYSTEM_FOLDER)) rmSync(home, { recursive: true, force: true });
  } catch {
    // No link: the database is inside the folder.
  }
  rmSync(folder, { recursive: true, force: true });
}

export async function cleanUp(): Promise<void> {
  await Promise.all(connections.splice(0).map((sql) => sql.close().catch(() => undefined)));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  for (const folder of folders.splice(0)) removeWithHome(folder);
}
