import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface FrameOptions {
  /** 1 text, 2 binary, 0 continuation, 8 close, 9 ping. */
  opcode?: number;
  fin?: boolean;
  /** Marks the payload as deflated (RFC 7692, RSV1). */
  compressed?: boolean;
}

/** One client frame as RFC 6455 section 5.2 has it, masked. */
function encodeFrame(
  payload: Uint8Array,
  { opcode = 1, fin = true, compressed = false }: FrameOptions = {},
): Buffer {
  const first = (fin ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode;
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([first, 0x80 | length])
      : length < 65_536
        ? Buffer.from([first, 0x80 | 126, length >> 8, length & 255])
        : Buffer.concat([
            Buffer.from([first, 0x80 | 127]),
            Buffer.from(new BigUint64Array([BigInt(length)]).buffer).reverse(),
          ]);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ (mask[i & 3] as number))]);
}

/** A TCP connection that speaks WebSocket, or anything else, byte by byte; for what a proper client cannot send. */
export class RawSocket {
  received = Buffer.alloc(0);
  readonly closed: Promise<void>;
  readonly #tcp: Socket;
  #look: (() => void)[] = [];

  constructor(tcp: Socket) {
    this.#tcp = tcp;
    tcp.on('data', (data: Buffer) => {
      this.received = Buffer.concat([this.received, data]);
      for (const look of this.#look.splice(0)) look();
    });
    tcp.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      tcp.on('close', () => {
        for (const look of this.#look.splice(0)) look();
        resolve();
      }),
    );
  }

  static async connect(url: string): Promise<RawSocket> {
    const { hostname, port } = new URL(url);
    const tcp = connect(Number(port), hostname);
    await new Promise((resolve, reject) => tcp.once('connect', resolve).once('error', reject));
    return new RawSocket(tcp);
  }

  /** Connects and shakes hands; `extensions` is offered as it is. */
  static async open(url: string, extensions?: string): Promise<RawSocket> {
    const raw = await RawSocket.connect(url);
    raw.write(
      `GET /v1/socket HTTP/1.1\r\nHost: ${new URL(url).host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
        `${extensions === undefined ? '' : `Sec-WebSocket-Extensions: ${extensions}\r\n`}\r\n`,
    );
    await raw.until((all) => all.includes('\r\n\r\n'));
    return raw;
  }

  write(data: string | Uint8Array): void {
    this.#tcp.write(data);
  }

  frame(payload: string | Uint8Array, options?: FrameOptions): void {
    this.write(encodeFrame(typeof payload === 'string' ? Buffer.from(payload) : payload, options));
  }

  /** Resolves when what came so far fits, or the connection closed. */
  async until(fits: (all: Buffer) => boolean): Promise<void> {
    let ended = false;
    void this.closed.then(() => (ended = true));
    while (!fits(this.received) && !ended && !this.#tcp.destroyed)
      await new Promise<void>((resolve) => this.#look.push(resolve));
  }

  /** Stops, or goes on, taking what the other side sends. */
  pause(): void {
    this.#tcp.pause();
  }

  resume(): void {
    this.#tcp.resume();
  }

  destroy(): void {
    this.#tcp.destroy();
  }
}
