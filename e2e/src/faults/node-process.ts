import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signHostToken } from 'inlay/testing';

const MAIN = join(import.meta.dir, '../../../packages/server/src/main.ts');

function freePort(): number {
  const probe = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response('') });
  const { port } = probe;
  probe.stop(true);
  return port as number;
}

/** What can be killed. `group`: everything that the node started, at one stroke. */
export type Victim = 'node' | 'database' | 'both' | 'group';

/** A node in a process of its own, as `npm start` runs it, with its own PostgreSQL; it can be killed and started again. */
export class NodeProcess {
  readonly data: string;
  readonly url: string;
  readonly #port = freePort();
  #child!: Bun.Subprocess<'ignore', 'pipe', 'inherit'>;
  #secret: string | undefined;

  private constructor(data: string) {
    this.data = data;
    this.url = `http://127.0.0.1:${this.#port}`;
  }

  static async start(): Promise<NodeProcess> {
    const data = await mkdtemp(join(tmpdir(), 'inlay-faults-'));
    // PostgreSQL has a user of its own where the tests run as root.
    await chmod(data, 0o711);
    const node = new NodeProcess(data);
    await node.start();
    return node;
  }

  /** Starts the program, and waits until it says that it serves. */
  async start(): Promise<void> {
    this.#child = Bun.spawn([process.execPath, MAIN, 'start'], {
      env: {
        ...process.env,
        INLAY_PORT: String(this.#port),
        INLAY_DATA: this.data,
        INLAY_LOG: 'silent',
        INLAY_SESSION_OPS_PER_SECOND: '10000',
      },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'inherit',
      // A process group of its own, to be killed as one.
      detached: true,
    });
    let said = '';
    for await (const chunk of this.#child.stdout) {
      said += new TextDecoder().decode(chunk);
      if (said.includes('Stop with Ctrl-C')) break;
    }
    if (!said.includes('Stop with Ctrl-C'))
      throw new Error(`the node ended with ${await this.#child.exited}: ${said}`);
    this.#secret ??= /Secret\s+(\S+)/.exec(said)?.[1];
  }

  /** A host app's token for a person. */
  token(user: string): string {
    if (this.#secret === undefined) throw new Error('the node did not say its secret');
    return signHostToken(this.#secret, user);
  }

  /** Ends it as it is, without a chance to finish anything. */
  async kill(victim: Victim): Promise<void> {
    const postmaster = Number(
      readFileSync(join(this.data, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0],
    );
    if (victim === 'group') process.kill(-this.#child.pid, 'SIGKILL');
    if (victim === 'node' || victim === 'both') process.kill(this.#child.pid, 'SIGKILL');
    if (victim === 'database' || victim === 'both') process.kill(postmaster, 'SIGKILL');
    if (victim !== 'database') await this.#child.exited;
  }

  /** Asks it to stop, and waits until it did. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#child.exited;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }
}
