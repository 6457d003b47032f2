import type { EventData, EventName, OperationName, Output, Request, WireError } from '@inlay-im/protocol';

type Arrived = { [E in EventName]: { event: E; data: EventData<E> } }[EventName];

/** A reply that is an error, as a test sees it. */
export class PeerError extends Error {
  constructor(readonly wire: WireError) {
    super(`${wire.code}: ${wire.message}`);
  }
}

/**
 * A bare WebSocket that speaks the protocol and does nothing by itself: no reconnecting, no merging. Events are kept in
 * the order in which they arrived, so that a test can assert what a client is told.
 */
export class Peer {
  readonly events: Arrived[] = [];
  readonly #ws: WebSocket;
  readonly #pending = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
  #waiting: { matches(e: Arrived): boolean; resolve(e: Arrived): void }[] = [];
  #next = 0;
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.onmessage = (message) => this.#take(JSON.parse(String(message.data)));
    this.closed = new Promise((resolve) => {
      ws.onclose = ({ code, reason }) => {
        for (const { reject } of this.#pending.values()) reject(new Error(`closed with ${code} ${reason}`));
        resolve({ code, reason });
      };
    });
  }

  /** Connects without signing in. */
  static async connect(url: string): Promise<Peer> {
    // The types of browsers, which some tests are checked with, do not know the runtime's options.
    const options = { tls: { rejectUnauthorized: false } } as unknown as string[];
    const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/socket`, options);
    await new Promise<void>((resolve, reject) => {
      ws.onopen = () => resolve();
      ws.onerror = () => reject(new Error('the socket did not open'));
    });
    return new Peer(ws);
  }

  call<N extends OperationName>(op: N, input: Request<N>): Promise<Output<N>> {
    const id = this.#next++;
    const reply = new Promise<Output<N>>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (output: unknown) => void, reject });
    });
    this.send(JSON.stringify({ id, op, input }));
    return reply;
  }

  /** Sends a frame as it is. */
  send(frame: string | Uint8Array): void {
    this.#ws.send(frame as string);
  }

  /** The next event that fits, or the first that did already. */
  async event<E extends EventName>(
    name: E,
    fits: (data: EventData<E>) => boolean = () => true,
  ): Promise<EventData<E>> {
    const matches = (e: Arrived): boolean => e.event === name && fits(e.data as EventData<E>);
    const there = this.events.find(matches);
    const arrived =
      there ?? (await new Promise<Arrived>((resolve) => this.#waiting.push({ matches, resolve })));
    return arrived.data as EventData<E>;
  }

  of<E extends EventName>(name: E): EventData<E>[] {
    return this.events.filter((e) => e.event === name).map((e) => e.data as EventData<E>);
  }

  close(): void {
    this.#ws.close();
  }

  #take(frame: { id: number; output?: unknown; error?: WireError } | Arrived): void {
    if ('event' in frame) {
      this.events.push(frame);
      for (const w of this.#waiting.filter((one) => one.matches(frame))) w.resolve(frame);
      this.#waiting = this.#waiting.filter((one) => !one.matches(frame));
      return;
    }
    const pending = this.#pending.get(frame.id);
    this.#pending.delete(frame.id);
    if (frame.error !== undefined) pending?.reject(new PeerError(frame.error));
    else pending?.resolve(frame.output);
  }
}
