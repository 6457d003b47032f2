import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OperationName, Output, Request } from '@inlay-im/protocol';

const MAIN = fileURLToPath(new URL('../../../packages/server/src/main.ts', import.meta.url));
/** A node that has not said so by then is not starting. */
const PATIENCE = 30_000;

/** A port that was free a moment ago. A node that is started again has to answer on the same one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

/** A test that lays out a long history writes faster than a person may. */
const SETTINGS = { INLAY_LOG: 'warn', INLAY_SESSION_OPS_PER_SECOND: '10000' };

/** A real node in a process of its own, with a data folder that outlives its restarts. */
export class NodeProcess {
  readonly url: string;
  /** All that it wrote to its terminal, over all its starts. */
  output = '';
  readonly #port: number;
  readonly #data: string;
  readonly #settings: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  readonly #waiting = new Set<() => void>();

  private constructor(port: number, data: string, settings: Readonly<Record<string, string>>) {
    this.#port = port;
    this.#data = data;
    this.#settings = { ...SETTINGS, ...settings };
    this.url = `http://127.0.0.1:${port}`;
  }

  /** `settings`: environment variables beside those of every test's node. */
  static async start(
    args: readonly string[] = [],
    settings: Readonly<Record<string, string>> = {},
  ): Promise<NodeProcess> {
    const data = await mkdtemp(join(tmpdir(), 'inlay-e2e-'));
    const node = new NodeProcess(await freePort(), data, settings);
    await node.start(args);
    return node;
  }

  /** Starts it on its port and data, and waits until it serves. */
  async start(args: readonly string[] = []): Promise<void> {
    const from = this.output.length;
    const child = spawn(process.execPath, ['--no-orphans', MAIN, 'start', ...args], {
      env: { ...process.env, ...this.#settings, INLAY_PORT: String(this.#port), INLAY_DATA: this.#data },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        for (const look of [...this.#waiting]) look();
      });
    }
    await this.said(args.includes('--demo') ? /#token=\S+\s+$/ : /Stop with Ctrl-C/, from);
  }

  /** Waits until the terminal shows this, and gives what matched. */
  async said(wanted: RegExp, from = 0): Promise<RegExpExecArray> {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const look = () => {
      const match = wanted.exec(this.output.slice(from));
      if (match) resolve(match);
    };
    const fail = () => reject(new Error(`the node did not say ${wanted}, but:\n${this.output.slice(from)}`));
    const timer = setTimeout(fail, PATIENCE);
    this.#child?.once('exit', fail);
    this.#waiting.add(look);
    look();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#child?.off('exit', fail);
      this.#waiting.delete(look);
    }
  }

  /** Stops it as Ctrl-C does, and waits until it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }

  /** Stops it and removes its data. */
  async end(): Promise<void> {
    await this.stop();
    await rm(this.#data, { recursive: true, force: true });
  }

  /** A token of the host app for someone, as `inlay token` prints it. */
  async token(user: string, name: string): Promise<string> {
    return await this.command('token', user, '--name', name);
  }

  /** Runs a command beside the node, and gives what it printed. */
  async command(...args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, INLAY_DATA: this.#data, INLAY_LOG: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`inlay ${args[0]} failed with ${code}`);
    return printed.trim();
  }

  async #post<N extends OperationName>(op: N, input: Request<N>, accessToken?: string): Promise<Output<N>> {
    const headers: HeadersInit = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
    const answer = await fetch(`${this.url}/v1/${op}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers,
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${op}: ${body.error.code}: ${body.error.message}`);
    return body;
  }

  /** Someone without a window, who calls operations over HTTP. */
  async person(user: string, name: string) {
    const token = await this.token(user, name);
    const { accessToken } = await this.#post('auth.signInWithToken', { token });
    return {
      token,
      accessToken,
      call: <N extends OperationName>(op: N, input: Request<N>) => this.#post(op, input, accessToken),
    };
  }
}
