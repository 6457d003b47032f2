/** As much of a WebSocket as the client uses. */
export interface Socket {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onerror: ((event: never) => void) | null;
}
export type SocketConstructor = new (url: string) => Socket;

/** The address of a node's socket: `ws` for `http`, `wss` for `https`. */
export const socketUrl = (url: string): string =>
  `${url.replace(/^http/, 'ws').replace(/\/+$/, '')}/v1/socket`;

/** `WebSocket.OPEN`; above it the socket closes or is closed (https://websockets.spec.whatwg.org/#the-websocket-interface). */
const OPEN = 1;

interface Handlers {
  open(): void;
  frame(frame: unknown): void;
  /** Comes once, whoever ended it but `close` of this side. */
  closed(code: number): void;
}

/** A socket that speaks JSON, and of which nothing is heard any more once it was closed. */
export class JsonSocket {
  readonly #socket: Socket;

  constructor(Socket: SocketConstructor, url: string, handlers: Handlers) {
    this.#socket = new Socket(url);
    this.#socket.onopen = () => handlers.open();
    this.#socket.onmessage = ({ data }) => {
      if (typeof data === 'string') handlers.frame(JSON.parse(data));
    };
    this.#socket.onclose = ({ code }) => {
      this.#silence();
      handlers.closed(code);
    };
    this.#socket.onerror = () => {};
  }

  /** A socket that the other side closes takes nothing any more; `closed` follows. */
  send(frame: object): void {
    if (this.#socket.readyState <= OPEN) this.#socket.send(JSON.stringify(frame));
  }

  close(): void {
    this.#silence();
    this.#socket.close(1000);
  }

  #silence(): void {
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
  }
}
