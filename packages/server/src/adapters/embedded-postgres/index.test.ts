import { afterEach, describe, expect, setDefaultTimeout, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderInUse, OtherMajorVersion, StartFailed } from './index.ts';
import { cleanUp, connect, dataFolder, start } from './testing.ts';

setDefaultTimeout(30_000);
afterEach(cleanUp);

describe('a data folder', () => {
  test('is created on the first start and found again on the next', async () => {
    const dataDir = dataFolder();
    const first = await start(dataDir);
    await connect(first).unsafe(`CREATE TABLE t AS SELECT 'Grüße' AS greeting`);
    await first.stop();
    expect(await first.exited).toBe(0);

    const second = await start(dataDir);
    expect([...(await connect(second)`SELECT upper(greeting) AS greeting FROM t`)]).toMatchObject([
      { greeting: 'GRÜßE' },
    ]);
    expect(statSync(join(dataDir, 'postgres', 'data')).mode & 0o777).toBe(0o700);
  });

  test('that does not exist yet is made, parents included', async () => {
    const dataDir = join(dataFolder(), 'a', 'b');
    await start(dataDir);
    expect(existsSync(join(dataDir, 'postgres', 'data', 'PG_VERSION'))).toBe(true);
  });

  test('with a half-made database from an interrupted first start begins afresh', async () => {
    const dataDir = dataFolder();
    mkdirSync(join(dataDir, 'postgres', 'data.new'), { recursive: true, mode: 0o711 });
    writeFileSync(join(dataDir, 'postgres', 'data.new', 'PG_VERSION'), '18\n');
    await start(dataDir);
    expect(existsSync(join(dataDir, 'postgres', 'data.new'))).toBe(false);
  });

  test('in use by a node is refused to a second one, and free after the first has stopped', async () => {
    const dataDir = dataFolder();
    const first = await start(dataDir);
    const refusal = await start(dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataFolderInUse);
    expect(String(refusal)).toContain(`process ${process.pid}`);
    expect(String(refusal)).toContain('INLAY_DATA');
    expect([...(await connect(first)`SELECT 1 AS one`)]).toMatchObject([{ one: 1 }]);
    await first.stop();
    await start(dataDir);
  });

  test('of two nodes that start at once, one gets it', async () => {
    const dataDir = dataFolder();
    const outcomes = await Promise.allSettled([start(dataDir), start(dataDir)]);
    expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((o) => o.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(DataFolderInUse);
  });

  test('written by another major version is refused and left alone', async () => {
    const dataDir = dataFolder();
    await (await start(dataDir)).stop();
    const version = join(dataDir, 'postgres', 'data', 'PG_VERSION');
    writeFileSync(version, '17\n');
    const refusal = await start(dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OtherMajorVersion);
    expect(String(refusal)).toContain('PostgreSQL 17');
    writeFileSync(version, '18\n');
    await start(dataDir);
  });

  test('that the server refuses leaves its last words in the error, and the lock free', async () => {
    const dataDir = dataFolder();
    await (await start(dataDir)).stop();
    const own = join(dataDir, 'postgres', 'data', 'custom.conf');
    writeFileSync(own, 'max_connections = many\n');
    const refusal = await start(dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartFailed);
    expect(String(refusal)).toContain('max_connections');
    writeFileSync(own, 'max_connections = 33\n');
    const server = await start(dataDir);
    expect([...(await connect(server)`SHOW max_connections`)]).toMatchObject([{ max_connections: '33' }]);
  });

  test('with a path too long for a socket still works, and again after a stop', async () => {
    const dataDir = join(dataFolder(), 'x'.repeat(60), 'y'.repeat(60));
    for (const round of [1, 2]) {
      const server = await start(dataDir);
      expect(server.socketDir.length).toBeLessThan(90);
      expect(statSync(server.socketDir).mode & 0o777).toBe(0o700);
      expect([...(await connect(server)`SELECT ${round}::int AS round`)]).toMatchObject([{ round }]);
      await server.stop();
      expect(existsSync(server.socketDir)).toBe(false);
    }
  });
});

describe('the server', () => {
  test('is durable, has checksums, and listens on no network address', async () => {
    const server = await start(dataFolder());
    const rows = await connect(server)`SELECT name, setting FROM pg_settings`;
    const settings = Object.fromEntries(
      rows.map((r: { name: string; setting: string }) => [r.name, r.setting]),
    );
    expect(settings).toMatchObject({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '',
      server_encoding: 'UTF8',
      jit: 'off',
      max_connections: '60',
    });
    expect(Math.floor(Number(settings.server_version_num) / 10000)).toBe(18);
  });

  test('takes new settings from the program at the next start', async () => {
    const dataDir = dataFolder();
    await (await start(dataDir)).stop();
    const file = join(dataDir, 'postgres', 'data', 'inlay.conf');
    writeFileSync(file, 'jit = on\n');
    await start(dataDir);
    expect(readFileSync(file, 'utf8')).toContain('jit = off');
  });

  test('does not write what people say into its log', async () => {
    const lines: string[] = [];
    const sql = connect(await start(dataFolder(), lines));
    await sql.unsafe('CREATE TABLE t (body text PRIMARY KEY)');
    await sql`INSERT INTO t VALUES ('a private word')`;
    await sql`INSERT INTO t VALUES ('a private word')`.catch(() => undefined);
    await sql.unsafe(`SELECT 'a private word' FROM nowhere`).catch(() => undefined);
    await cleanUp();
    expect(lines.join('\n')).toContain('duplicate key');
    expect(lines.join('\n')).not.toContain('private');
  });

  test('is in a process group of its own, so that Ctrl-C does not reach it', async () => {
    const server = await start(dataFolder());
    const group = Bun.spawnSync(['ps', '-o', 'pgid=', '-p', String(server.pid)]).stdout.toString();
    expect(Number(group)).toBe(server.pid);
  });

  test('stops once, however often it is asked', async () => {
    const server = await start(dataFolder());
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(await server.exited).toBe(0);
  });
});
