import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './process.ts';

/** How long a server may take for each way of stopping. */
const PATIENCE_MS = 5_000;
const POLL_MS = 10;

function recordedPid(data: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** True while the process is a server on this folder; false for the end, a zombie, or a reused process id. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'linux') {
    try {
      const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
      return basename(program) === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === data;
    } catch {
      return false;
    }
  }
  const { output } = await run(['ps', '-ww', '-o', 'command=', '-p', String(pid)]);
  return output.includes('postgres') && output.includes(data);
}

async function stopped(pid: number, data: string): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  while (await isServerOf(pid, data)) {
    if (performance.now() > deadline) return false;
    await Bun.sleep(POLL_MS);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Stops a server that outlived its node, first politely, and clears away its lock file where PostgreSQL itself
 * would be misled by it. Call it with the lock on the data folder held: then no living node owns that server.
 * @param folder PostgreSQL's own folder, which need not exist.
 */
export async function stopLeftover(folder: string, log: (line: string) => void): Promise<void> {
  const pid = recordedPid(folder);
  if (pid === undefined) return;
  const data = realpathSync(folder);
  if (await isServerOf(pid, data)) {
    log(`stopping the PostgreSQL (process ${pid}) that an earlier node left running`);
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      if (isAlive(pid)) process.kill(pid, signal);
      if (await stopped(pid, data)) break;
    }
  }
  // The id may belong to another program by now, and PostgreSQL would take that for its own kind. Its second
  // guard, the shared memory's key, comes from the folder's inode and does not need this file.
  if (isAlive(pid) && !(await isServerOf(pid, data))) rmSync(join(data, 'postmaster.pid'), { force: true });
}
