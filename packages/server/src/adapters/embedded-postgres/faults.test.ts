import { afterEach, expect, setDefaultTimeout, test } from 'bun:test';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SQL } from 'bun';
import { run } from './process.ts';
import { type Address, cleanUp, connect, dataFolder, start } from './testing.ts';

const children: Bun.Subprocess[] = [];

setDefaultTimeout(30_000);
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await child.exited;
  }
  await cleanUp();
});

/** Commits one row after another; calls `onRow` after each acknowledgement, and returns when the server is gone. */
async function commitUntilCut(sql: SQL, onRow: (n: number) => void): Promise<number> {
  for (let n = 1; ; n++) {
    try {
      await sql`INSERT INTO t VALUES (${n})`;
    } catch {
      return n - 1;
    }
    onRow(n);
  }
}

/** A process that starts a server and is then killed, and its server with it or not. */
async function nodeOn(dataDir: string) {
  const node = Bun.spawn([process.execPath, join(import.meta.dir, 'orphan.fixture.ts'), dataDir]);
  children.push(node);
  for await (const chunk of node.stdout) {
    return { node, postgres: JSON.parse(new TextDecoder().decode(chunk)) as Address & { pid: number } };
  }
  throw new Error('the fixture said nothing');
}

test('kill -9 of PostgreSQL between commits loses nothing that was acknowledged', async () => {
  const dataDir = dataFolder();
  const server = await start(dataDir);
  const sql = connect(server);
  await sql.unsafe('CREATE TABLE t (n int PRIMARY KEY)');
  const acknowledged = await commitUntilCut(sql, (n) => {
    if (n === 200) process.kill(server.pid, 'SIGKILL');
  });
  expect(await server.exited).toBe(128 + 9);
  expect(acknowledged).toBeGreaterThanOrEqual(200);

  const [row] = await connect(await start(dataDir))`SELECT count(*)::int AS rows, max(n) AS last FROM t`;
  expect(row.rows).toBe(row.last);
  // One commit may have reached the disk without its acknowledgement reaching us.
  expect(row.rows - acknowledged).toBeOneOf([0, 1]);
});

test('a server whose node was killed is stopped and its data taken over', async () => {
  const dataDir = dataFolder();
  const { node, postgres } = await nodeOn(dataDir);
  const sql = connect(postgres);
  await sql.unsafe('CREATE TABLE t AS SELECT 7 AS n');
  node.kill('SIGKILL');
  await node.exited;
  expect([...(await sql`SELECT n FROM t`)]).toMatchObject([{ n: 7 }]);

  const lines: string[] = [];
  const server = await start(dataDir, lines);
  expect(lines.join('\n')).toContain(`stopping the PostgreSQL (process ${postgres.pid})`);
  expect(server.pid).not.toBe(postgres.pid);
  expect([...(await connect(server)`SELECT n FROM t`)]).toMatchObject([{ n: 7 }]);
});

test('kill -9 of the node and of PostgreSQL together: the next start recovers', async () => {
  const dataDir = dataFolder();
  const { node, postgres } = await nodeOn(dataDir);
  const sql = connect(postgres);
  await sql.unsafe('CREATE TABLE t (n int PRIMARY KEY)');
  const acknowledged = await commitUntilCut(sql, (n) => {
    if (n !== 100) return;
    node.kill('SIGKILL');
    process.kill(postgres.pid, 'SIGKILL');
  });
  await node.exited;
  const [row] = await connect(await start(dataDir))`SELECT count(*)::int AS rows FROM t`;
  expect(row.rows).toBeGreaterThanOrEqual(acknowledged);
});

test('a node in another process is refused while the first one lives, and no longer', async () => {
  const dataDir = dataFolder();
  const { node } = await nodeOn(dataDir);
  const refusal = await start(dataDir).catch((error: unknown) => error);
  expect(String(refusal)).toContain(`Another Inlay node (process ${node.pid})`);

  node.kill('SIGKILL');
  await node.exited;
  await start(dataDir);
});

test('a process id in the lock file that now belongs to another program is no obstacle', async () => {
  const dataDir = dataFolder();
  const first = await start(dataDir);
  const data = join(dataDir, 'postgres', 'data');
  const lock = readFileSync(join(data, 'postmaster.pid'), 'utf8');
  await first.stop();
  const { uid, gid } = statSync(data);
  const other = Bun.spawn(['sleep', '60'], { uid, gid, cwd: '/' });
  children.push(other);
  writeFileSync(join(data, 'postmaster.pid'), lock.replace(String(first.pid), String(other.pid)));
  await run(['chown', `${uid}:${gid}`, join(data, 'postmaster.pid')]);

  await start(dataDir);
  expect(other.exitCode).toBeNull();
});
