import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire between a browser and a node that can be cut: whatever flows through it ends, and nothing gets through. */
export class Wire {
  readonly url: string;
  readonly #live = new Set<Socket>();
  readonly #server: ReturnType<typeof createServer>;
  #whole = true;

  private constructor(server: ReturnType<typeof createServer>, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async to(target: string): Promise<Wire> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the system gave no port');
    const wire = new Wire(server, address.port);
    server.on('connection', (near) => wire.#join(near, () => connect(Number(port), hostname)));
    return wire;
  }

  #join(near: Socket, reach: () => Socket): void {
    if (!this.#whole) return void near.destroy();
    const far = reach();
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#live.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#live.delete(from);
        to.destroy();
      });
    }
  }

  cut(): void {
    this.#whole = false;
    for (const socket of [...this.#live]) socket.destroy();
  }

  mend(): void {
    this.#whole = true;
  }

  async end(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
