import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQL } from 'bun';

const MAIN = join(import.meta.dir, '../../../packages/server/src/main.ts');

/** A node in a process of its own, as `npm start` runs it, on a free port and an empty data folder. */
export interface BenchNode {
  url: string;
  socketUrl: string;
  pid: number;
  /** Milliseconds from the start of the process until it answered. */
  startMs: number;
  sql: SQL;
  /** Bytes of the node's process that are in memory, without PostgreSQL's. */
  memory(): Promise<number>;
  /** Processor seconds of the node's process so far. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
  /** Stops, starts again on the same data, on the same port. */
  restart(): Promise<BenchNode>;
}

export interface NodeOptions {
  data?: string;
  port?: number;
  env?: Record<string, string>;
}

async function freePort(): Promise<number> {
  const probe = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response('') });
  const port = probe.port as number;
  await probe.stop(true);
  return port;
}

async function untilHealthy(url: string, child: Bun.Subprocess): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the node ended with ${child.exitCode} before it served`);
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await Bun.sleep(10);
  }
  throw new Error('the node did not serve within a minute');
}

/** Limits that would bound the load generator, which is one address, are lifted; all others stay. */
const ENV = {
  INLAY_SESSION_OPS_PER_SECOND: '100000',
  INLAY_CONNECTIONS_PER_ADDRESS: '100000',
  INLAY_LOG: 'warn',
};

export async function startNode(o: NodeOptions = {}): Promise<BenchNode> {
  const port = o.port ?? (await freePort());
  const data = o.data ?? (await mkdtemp(join(tmpdir(), 'inlay-bench-')));
  await Bun.$`chmod 711 ${data}`.quiet();
  const began = performance.now();
  const child = Bun.spawn([process.execPath, MAIN, 'start'], {
    env: { ...process.env, ...ENV, ...o.env, INLAY_PORT: String(port), INLAY_DATA: data },
    stdout: 'ignore',
    stderr: 'inherit',
  });
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url, child);
  const startMs = performance.now() - began;
  const sql = new SQL({
    adapter: 'postgres',
    path: join(data, 'postgres/socket/.s.PGSQL.5432'),
    username: 'inlay',
    database: 'inlay',
    max: 4,
  });
  const end = async (): Promise<void> => {
    await sql.close();
    child.kill('SIGTERM');
    await child.exited;
  };
  return {
    url,
    socketUrl: `ws://127.0.0.1:${port}/v1/socket`,
    pid: child.pid,
    startMs,
    sql,
    memory: async () =>
      Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    cpu: async () => {
      const fields = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    async stop() {
      await end();
      await rm(data, { recursive: true, force: true });
    },
    async restart() {
      await end();
      return await startNode({ ...o, data, port });
    },
  };
}
