import { rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { ClamdAddress } from './index.ts';

export interface ClamdStandInOptions {
  /** Listens on this Unix socket, not on a port. */
  path?: string;
  /** Bytes that a stream may have; clamd's default is larger. */
  streamMaxLength?: number;
  /** Takes bytes and never says a word. */
  silent?: boolean;
  /** Hangs up without a word when the command has come. */
  hangsUp?: boolean;
  /** What is said of every stream, in place of a verdict. */
  reply?: string;
  /** Runs before each verdict. */
  meanwhile?: () => Promise<void>;
}

/** What the stand-in calls harmful: the test file that all scanners know, https://www.eicar.org. In two, so that this file is not. */
export const HARMFUL = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

const COMMAND = 'zINSTREAM\0';

/** Reads one connection byte by byte: the command, chunks behind their lengths, and the end. */
class Stream {
  #rest = Buffer.alloc(0);
  #inStream = false;
  readonly chunks: Buffer[] = [];

  constructor(readonly most: number) {}

  /** What is to be said; undefined: nothing yet. */
  take(data: Buffer): string | undefined {
    this.#rest = Buffer.concat([this.#rest, data]);
    if (!this.#inStream) {
      if (this.#rest.length < COMMAND.length) return undefined;
      if (this.#rest.subarray(0, COMMAND.length).toString() !== COMMAND) return 'UNKNOWN COMMAND\0';
      this.#inStream = true;
      this.#rest = this.#rest.subarray(COMMAND.length);
    }
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUInt32BE();
      if (length === 0) return this.#verdict();
      if (length + this.#length() > this.most) return 'INSTREAM size limit exceeded. ERROR\0';
      if (this.#rest.length < 4 + length) return undefined;
      this.chunks.push(Buffer.from(this.#rest.subarray(4, 4 + length)));
      this.#rest = this.#rest.subarray(4 + length);
    }
    return undefined;
  }

  #length(): number {
    return this.chunks.reduce((sum, { length }) => sum + length, 0);
  }

  #verdict(): string {
    if (this.#rest.length > 4) return 'garbage behind the end. ERROR\0';
    return Buffer.concat(this.chunks).includes(HARMFUL) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0';
  }
}

/** A clamd that knows one command, INSTREAM, and one harmful text. */
export async function clamdStandIn(o: ClamdStandInOptions = {}) {
  const streams: Stream[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    const stream = new Stream(o.streamMaxLength ?? 100 * 1024 * 1024);
    streams.push(stream);
    socket.on('data', async (data: Buffer) => {
      if (o.hangsUp) return void socket.destroy();
      const said = stream.take(data);
      if (said === undefined || o.silent) return;
      await o.meanwhile?.();
      socket.end(o.reply ?? said);
    });
  });
  const listening = Promise.withResolvers<void>();
  if (o.path === undefined) server.listen(0, '127.0.0.1', listening.resolve);
  else server.listen(o.path, listening.resolve);
  await listening.promise;
  const address: ClamdAddress =
    o.path === undefined
      ? { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
      : { path: o.path };
  return {
    address,
    /** What each connection sent, chunk by chunk. */
    streams: streams as readonly { readonly chunks: readonly Buffer[] }[],
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      await closed.promise;
      if (o.path !== undefined) rmSync(o.path, { force: true });
    },
  };
}
