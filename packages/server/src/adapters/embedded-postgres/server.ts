import { join } from 'node:path';
import { StartFailed } from './errors.ts';
import { type Account, ENVIRONMENT } from './process.ts';

/** Part of the socket's file name only: no TCP port is opened. */
export const PORT = 5432;

const STOP_MS = 5_000;
const KEPT_LINES = 20;
const READY = 'database system is ready to accept connections';
const STILL_ATTACHED = 'pre-existing shared memory block';
/** Backends of a killed server end within client_connection_check_interval, or their next statement. */
const ATTACHED_PATIENCE_MS = 15_000;
const ATTACHED_POLL_MS = 50;

export interface ServerOptions {
  /** Folder of the binaries. */
  readonly folder: string;
  readonly data: string;
  readonly socketDir: string;
  readonly account: Account | undefined;
  readonly log: (line: string) => void;
}

export interface Server {
  readonly pid: number;
  /** The exit code; 128 and the signal's number after a signal. */
  readonly exited: Promise<number>;
  /** Fast shutdown, and an immediate one, which costs a recovery but no data, if it takes more than 5 s. */
  stop(): Promise<void>;
}

/** Calls `line` for each line, and resolves at the end of the stream. */
async function eachLine(stream: ReadableStream<Uint8Array>, line: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) line(text);
  }
  if (rest) line(rest);
}

async function endsWithin(exited: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, ms, false);
  const ended = await Promise.race([exited.then(() => true), promise]);
  clearTimeout(timer);
  return ended;
}

async function stopChild(child: Bun.Subprocess): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal);
    if (await endsWithin(child.exited, STOP_MS)) return;
  }
}

function spawn({ folder, data, socketDir, account }: ServerOptions) {
  const command = [join(folder, 'bin', 'postgres'), '-D', data, '-k', socketDir, '-p', String(PORT)];
  return Bun.spawn([...command, '-c', 'listen_addresses='], {
    ...account,
    // A process group of its own: Ctrl-C in the terminal must reach the node alone, which then stops this last.
    detached: true,
    cwd: '/',
    env: ENVIRONMENT,
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
  });
}

async function startOnce(options: ServerOptions): Promise<Server> {
  const child = spawn(options);
  const last: string[] = [];
  const ready = Promise.withResolvers<true>();
  const drained = eachLine(child.stderr, (text) => {
    if (text.includes(READY)) ready.resolve(true);
    if (last.push(text) > KEPT_LINES) last.shift();
    options.log(text);
  });
  if ((await Promise.race([ready.promise, child.exited])) !== true) {
    await drained;
    throw new StartFailed(`exit code ${child.exitCode ?? child.signalCode}`, last.join('\n'));
  }
  let stopping: Promise<void> | undefined;
  return {
    pid: child.pid,
    exited: child.exited,
    stop: () => {
      stopping ??= stopChild(child);
      return stopping;
    },
  };
}

/**
 * Starts the server and waits until it accepts connections, for as long as a recovery takes.
 * @throws StartFailed with the server's last lines when it ends before that.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const deadline = performance.now() + ATTACHED_PATIENCE_MS;
  for (;;) {
    try {
      return await startOnce(options);
    } catch (error) {
      const wait = error instanceof StartFailed && error.output.includes(STILL_ATTACHED);
      if (!wait || performance.now() > deadline) throw error;
      await Bun.sleep(ATTACHED_POLL_MS);
    }
  }
}
