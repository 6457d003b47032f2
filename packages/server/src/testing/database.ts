import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQL } from 'bun';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../adapters/embedded-postgres/index.ts';
import type { DatabaseAddress } from '../db/database.ts';

let running: Promise<EmbeddedPostgres> | undefined;
let databases = 0;

/**
 * Ends a server when this process does, however it does: a shell waits for the other end of its standard input to
 * close, which no way of dying can prevent. The test runner leaves without the event of an exit.
 */
function endWithProcess(pid: number, folder: string): void {
  const script =
    'cat > /dev/null; kill -QUIT "$1"; while kill -0 "$1" 2> /dev/null; do sleep 0.1; done; rm -rf "$2"';
  const watcher = Bun.spawn(['sh', '-c', script, 'sh', String(pid), folder], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    // A session of its own: Ctrl-C at the terminal must not end it first.
    detached: true,
  });
  watcher.unref();
}

/** One PostgreSQL for all tests of a process; it ends with the process. */
async function server(): Promise<EmbeddedPostgres> {
  running ??= (async () => {
    // Readable by PostgreSQL's own user, who is another one when tests run as root.
    const folder = mkdtempSync(join(tmpdir(), 'inlay-test-'));
    chmodSync(folder, 0o711);
    const postgres = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
    endWithProcess(postgres.pid, folder);
    return postgres;
  })();
  return await running;
}

/** The address of a fresh, empty database of a real PostgreSQL. */
export async function freshDatabase(): Promise<DatabaseAddress> {
  const { socketDir, port, username } = await server();
  const database = `test_${process.pid}_${++databases}`;
  const admin = new SQL({
    adapter: 'postgres',
    path: `${socketDir}/.s.PGSQL.${port}`,
    username,
    database: 'inlay',
    max: 1,
  });
  await admin.unsafe(`create database ${database}`);
  await admin.close();
  return { socketDir, port, username, database };
}
