import { randomBytes } from 'node:crypto';

/**
 * A WebSocket over a bare TCP socket that counts frames and looks at nothing in them. A thousand full clients in one
 * process are slower than the server, and what is to be measured is the server.
 */
export interface CountingPeer {
  frames: number;
  /** Bytes in the last frame that came whole. */
  lastLength: number;
  /** Sends a text and resolves with the next frame. */
  ask(text: string): Promise<void>;
}

/** A client's text frame with an all-zero mask, which RFC 6455 section 5.3 allows nobody but a test to use. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = 0x81;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

/** Walks over the frames of a stream; a frame may be spread over several reads. */
class Frames {
  #head: number[] = [];
  #skip = 0;

  feed(data: Uint8Array, onFrame: (length: number) => void): void {
    let at = 0;
    while (at < data.length) {
      const passed = Math.min(this.#skip, data.length - at);
      this.#skip -= passed;
      at += passed;
      if (at === data.length) return;
      this.#head.push(data[at++] as number);
      const length = this.#length();
      if (length === undefined) continue;
      this.#head = [];
      this.#skip = length;
      onFrame(length);
    }
  }

  /** The payload's length once the header is whole (RFC 6455 section 5.2, a server's frame has no mask). */
  #length(): number | undefined {
    const [, short, ...more] = this.#head;
    if (short === undefined) return undefined;
    if (short < 126) return short;
    const bytes = short === 126 ? 2 : 8;
    return more.length < bytes ? undefined : more.reduce((n, b) => n * 256 + b, 0);
  }
}

/** Connects and shakes hands; resolves once the server has switched protocols. */
export async function countingPeer(port: number, path: string): Promise<CountingPeer> {
  const frames = new Frames();
  let upgraded = false;
  let onReady = (): void => undefined;
  let onNext: (() => void) | null = null;
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port,
    socket: {
      data(_, data) {
        let rest: Uint8Array = data;
        if (!upgraded) {
          const end = data.indexOf('\r\n\r\n');
          if (end < 0) return;
          upgraded = true;
          onReady();
          rest = data.subarray(end + 4);
        }
        frames.feed(rest, (length) => {
          peer.frames++;
          peer.lastLength = length;
          onNext?.();
          onNext = null;
        });
      },
    },
  });
  const peer: CountingPeer = {
    frames: 0,
    lastLength: 0,
    ask(text) {
      socket.write(textFrame(text));
      return new Promise((resolve) => {
        onNext = resolve;
      });
    },
  };
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await ready;
  return peer;
}
