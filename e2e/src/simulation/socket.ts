import type { Asked, Cut, Line } from './line.ts';

/** Ids of the barrier's own requests, which no client comes near. */
const BARRIER = 1_000_000_000;
const PAST = 40;

interface Frame {
  id?: number;
  op?: string;
  event?: string;
  error?: unknown;
  input?: Record<string, unknown>;
}

interface Arrival {
  readonly data: string;
  /** Whether this is the reply that opened the session. */
  readonly opened: boolean;
}

/**
 * A WebSocket to a real node that loses, delays and repeats as its line says. Within one connection the order stays,
 * as TCP promises; a repeated event comes right after the first, or after a reconnect.
 */
export class FaultySocket {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly #line: Line;
  readonly #ws: WebSocket | undefined;
  /** Requests that reached the node and were not answered yet. */
  readonly #waiting = new Map<number, Asked>();
  readonly #barriers = new Map<number, () => void>();
  #in: Arrival[] = [];
  #out: string[] = [];
  #fate: { id: number; cut: Cut } | undefined;
  #state: 'opening' | 'open' | 'ended' = 'opening';
  #barrier = BARRIER;
  #draining = false;
  #signedIn = false;
  #closed: number | undefined;

  constructor(line: Line, url: string) {
    this.#line = line;
    line.socket = this;
    if (!line.up) {
      queueMicrotask(() => this.#end(1006));
      return;
    }
    this.#ws = new WebSocket(url);
    this.#ws.onopen = () => {
      if (this.#state !== 'opening') return;
      this.#state = 'open';
      this.onopen?.({} as never);
      this.#moved();
    };
    this.#ws.onmessage = ({ data }) => this.#arrived(String(data));
    this.#ws.onclose = ({ code }) => {
      this.#closed = code;
      this.release();
    };
  }

  get readyState(): number {
    return { opening: 0, open: 1, ended: 3 }[this.#state];
  }

  get busy(): boolean {
    return this.#state === 'opening' || this.#draining || (this.#state === 'open' && this.#waiting.size > 0);
  }

  /** What it is that was not answered, in words. */
  get waiting(): string[] {
    if (this.#state === 'opening') return ['the connection'];
    return [...this.#waiting.values()].map(({ op, input }) => `${op} ${JSON.stringify(input)}`);
  }

  send(data: string): void {
    if (this.#state !== 'open') return;
    if (this.#line.holding.out || this.#out.length > 0) this.#out.push(data);
    else this.#forward(data);
    this.#moved();
  }

  close(): void {
    this.#state = 'ended';
    this.#ws?.close(1000);
    this.#gone();
  }

  cut(): void {
    if (this.#state === 'ended') return;
    (this.#ws as (WebSocket & { terminate(): void }) | undefined)?.terminate();
    this.#end(1006);
  }

  /** Ends with nobody left who would hear of it. */
  abandon(): void {
    this.onopen = null;
    this.onmessage = null;
    this.onclose = null;
    this.cut();
  }

  /** Lets what was delayed go on, in its order. */
  release(): void {
    for (const data of this.#out.splice(0)) this.#forward(data);
    this.#drain();
    this.#moved();
  }

  /** Resolves once everything that the node had sent to this socket arrived. */
  barrier(): Promise<void> {
    if (this.#state !== 'open' || !this.#signedIn || this.#closed !== undefined) return Promise.resolve();
    const id = this.#barrier++;
    this.#ws?.send(JSON.stringify({ id, op: 'session.ping', input: {} }));
    return new Promise((resolve) => this.#barriers.set(id, resolve));
  }

  #forward(data: string): void {
    if (this.#state !== 'open') return;
    const frame = JSON.parse(data) as Required<Frame>;
    const { cutting, options } = this.#line;
    const fits = cutting !== undefined && (cutting.op === undefined || cutting.op === frame.op);
    if (fits) {
      this.#line.cutting = undefined;
      if (cutting.where === 'before') return this.cut();
      this.#fate = { id: frame.id, cut: cutting };
    }
    this.#waiting.set(frame.id, frame);
    const paged = frame.op === 'session.open' || frame.op === 'sync.page';
    this.#ws?.send(
      paged ? JSON.stringify({ ...frame, input: { ...frame.input, limit: options.page } }) : data,
    );
    if (fits && cutting.where === 'during') this.cut();
  }

  #arrived(data: string): void {
    const frame = JSON.parse(data) as Frame;
    const barrier = this.#barriers.get(frame.id ?? -1);
    if (barrier) {
      this.#barriers.delete(frame.id as number);
      return barrier();
    }
    if (this.#state !== 'open') return;
    const asked = frame.id === undefined ? undefined : this.#waiting.get(frame.id);
    if (frame.id !== undefined) this.#waiting.delete(frame.id);
    this.#line.options.heard(data, 'error' in frame ? undefined : asked);
    if (this.#fate !== undefined && this.#fate.id === frame.id) {
      if (this.#fate.cut.where === 'between') return this.cut();
      this.#deliver({ data, opened: false });
      return this.cut();
    }
    const opened = asked?.op === 'session.open' && !('error' in frame);
    if (opened) this.#signedIn = true;
    if (this.#line.holding.in || this.#in.length > 0 || this.#draining) this.#in.push({ data, opened });
    else this.#deliver({ data, opened });
    this.#moved();
  }

  /** What was held comes one by one, each in a turn of its own, as the network would bring it. */
  #drain(): void {
    if (this.#draining) return;
    const next = this.#in.shift();
    if (next === undefined) {
      if (this.#closed !== undefined) this.#end(this.#closed);
      return;
    }
    this.#draining = true;
    setImmediate(() => {
      this.#draining = false;
      this.#deliver(next);
      this.#drain();
      this.#moved();
    });
  }

  #deliver({ data, opened }: Arrival): void {
    const line = this.#line;
    if (this.#state !== 'open') return;
    this.onmessage?.({ data });
    if (data.startsWith('{"event"')) {
      if (line.options.dice.chance(line.twice)) this.onmessage?.({ data });
      line.past = [...line.past, data].slice(-PAST);
    }
    if (!opened) return;
    for (let i = 0; i < line.again; i += 1) {
      const old = line.options.dice.pick(line.past);
      if (old !== undefined) this.onmessage?.({ data: old });
    }
  }

  #end(code: number): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#gone();
    this.onclose?.({ code });
    this.#moved();
  }

  #gone(): void {
    this.#in = [];
    this.#out = [];
    this.#waiting.clear();
    for (const resolve of this.#barriers.values()) resolve();
    this.#barriers.clear();
    this.#moved();
  }

  #moved(): void {
    this.#line.traffic += 1;
    this.#line.options.activity();
  }
}
