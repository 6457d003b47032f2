import type { Dice } from './dice.ts';
import { FaultySocket } from './socket.ts';

/**
 * Where a connection is to be cut, seen from the next request that fits.
 * `before`: the request never arrives. `between`: the node does what was asked, its reply never arrives.
 * `during`: whatever comes first. `after`: the moment the reply was taken in.
 */
export interface Cut {
  readonly where: 'before' | 'between' | 'during' | 'after';
  /** Only a request of this operation; absent: any. */
  readonly op?: string;
}

/** A request as the node got it. */
export interface Asked {
  readonly op: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a line is used by, and who is told. */
export interface LineOptions {
  /** Nodes that it may lead to. */
  readonly urls: readonly string[];
  /** For what happens to frames; its own, as their number depends on timing. */
  readonly dice: Dice;
  /** Pages of a sync are this small, so that a sync has several. */
  readonly page: number;
  /** Something moved: who waits for quiet looks again. */
  activity(): void;
  /** The node sent this frame; with the request that it grants. */
  heard(frame: string, request: Asked | undefined): void;
}

/** A device's way to the nodes, with everything that can go wrong on it. */
export class Line {
  readonly options: LineOptions;
  up = true;
  /** The chance that an event is delivered twice. */
  twice = 0;
  /** How many old events are delivered once more after a reconnect. */
  again = 0;
  cutting: Cut | undefined;
  /** Counts what was sent and received. */
  traffic = 0;
  /** Events that were delivered, the latest last. */
  past: string[] = [];
  #holding = { in: false, out: false };
  #fetching = 0;
  #listeners = new Set<() => void>();
  socket: FaultySocket | undefined;

  constructor(options: LineOptions) {
    this.options = options;
  }

  /** What the client is told about its network. */
  readonly environment = {
    online: () => this.up,
    visible: () => true,
    subscribe: (listener: () => void) => {
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    },
  };

  /** A `WebSocket` for the client, leading to one of the nodes. */
  get WebSocket() {
    const line = this;
    return class extends FaultySocket {
      constructor(url: string) {
        super(line, line.#somewhere(url));
      }
    };
  }

  /** Something outside that the client waits for; there is no quiet before it is there. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    this.#fetching += 1;
    try {
      return await run();
    } finally {
      this.#fetching -= 1;
      this.options.activity();
    }
  }

  readonly fetch = (url: string, init: RequestInit): Promise<Response> =>
    this.during(async () => {
      if (!this.up) throw new TypeError('the network is down');
      const response = await fetch(this.#somewhere(url), init);
      const body: unknown = await response.json();
      if (!this.up) throw new TypeError('the network went down');
      // What is read already needs no further turn, so that whoever waits for quiet does not miss what follows.
      return { ok: response.ok, status: response.status, json: async () => body } as Response;
    });

  get holding(): Readonly<{ in: boolean; out: boolean }> {
    return this.#holding;
  }

  /** Delays what comes, what goes, or both, until `release`. */
  hold(what: { in?: boolean; out?: boolean }): void {
    this.#holding = { ...this.#holding, ...what };
  }

  release(): void {
    this.#holding = { in: false, out: false };
    this.socket?.release();
  }

  setUp(up: boolean): void {
    this.up = up;
    if (!up) this.cut();
    for (const listener of [...this.#listeners]) listener();
  }

  /** Ends the connection without a word, with all that is on its way. */
  cut(): void {
    this.socket?.cut();
  }

  /** The process that used this line is gone. */
  abandon(): void {
    this.#listeners.clear();
    this.socket?.abandon();
  }

  /** Everything goes right from now on. */
  calm(): void {
    this.cutting = undefined;
    this.twice = 0;
    this.again = 0;
    this.release();
    if (!this.up) this.setUp(true);
  }

  /** What it is that is on its way, in words. */
  get waiting(): string[] {
    return [...(this.#fetching > 0 ? ['a reply over HTTP'] : []), ...(this.socket?.waiting ?? [])];
  }

  /** Whether something is on its way that will arrive by itself. */
  get busy(): boolean {
    return this.#fetching > 0 || (this.socket?.busy ?? false);
  }

  #somewhere(url: string): string {
    const { urls, dice } = this.options;
    const node = new URL(dice.pick(urls) as string);
    const there = new URL(url);
    there.host = node.host;
    return there.href;
  }
}
