import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The environment without what configures a node, so that only what a test says counts. */
function plain(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('INLAY_'));
  return Object.fromEntries(entries) as Record<string, string>;
}

/** A folder for everything that a node keeps, readable by PostgreSQL's own user when tests run as root. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-cli-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** Starts the command line as a process of its own. */
function spawnCli(args: readonly string[], env: Record<string, string> = {}) {
  return Bun.spawn([process.execPath, MAIN, ...args], {
    env: { ...plain(), ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

/** Runs a command to its end. */
export async function cli(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawnCli(args, env);
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { out, err, code };
}

/** `inlay start` on a data folder and a free port, once it serves. */
export async function startCli(data: string) {
  const child = spawnCli(['start', '--port', '0', '--data', data]);
  const decoder = new TextDecoder();
  let out = '';
  const reader = child.stdout.getReader();
  while (!out.includes('Ctrl-C')) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the node ended: ${out}${await new Response(child.stderr).text()}`);
    out += decoder.decode(value, { stream: true });
  }
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
  return {
    url,
    /** What a person at the terminal was shown. */
    out,
    pid: child.pid,
    /** Ends it as `kill -9` does. */
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await child.exited;
    },
    /** Ends it as Ctrl-C would; gives the exit code. */
    async stop(): Promise<number> {
      child.kill('SIGINT');
      return await child.exited;
    },
  };
}
