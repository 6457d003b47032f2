import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** A wire between a browser and a node that can be cut: whatever flows through it ends, and nothing gets through. */
export class Wire {
  readonly url: string;
  readonly #live = new Set<Socket>();
  readonly #server: ReturnType<typeof createServer>;
  #whole = true;
  #left = Number.POSITIVE_INFINITY;
  #more = Promise.withResolvers<void>();
  #holds = Promise.withResolvers<void>();

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
    near.pipe(this.#gate()).pipe(far);
    far.pipe(near);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#live.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#live.delete(from);
        to.destroy();
      });
    }
  }

  #gate(): Transform {
    const pass = async (size: number) => {
      while (this.#left <= 0) {
        this.#holds.resolve();
        await this.#more.promise;
      }
      this.#left -= size;
    };
    return new Transform({
      // What is held back is taken off the socket all the same, or its end would not be seen.
      writableHighWaterMark: 64 * 1024 ** 2,
      transform(chunk: Buffer, _, done) {
        pass(chunk.length).then(() => done(null, chunk), done);
      },
    });
  }

  /** Lets about so many bytes through to the node from now on; resolves once it holds back what follows. */
  allow(bytes: number): Promise<void> {
    this.#holds = Promise.withResolvers();
    this.#left = bytes;
    this.#more.resolve();
    this.#more = Promise.withResolvers();
    return this.#holds.promise;
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
