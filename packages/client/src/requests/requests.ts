/** One request as the book knows it. */
export interface Request {
  readonly op: string;
  readonly input: unknown;
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/** A request that goes out now under the id that names its reply. */
export interface Outgoing {
  readonly id: number;
  readonly request: Request;
}

/**
 * Keeps the book of one connection's requests.
 * - *outgoing*: wants to be sent and was not sent yet; it outlives connections.
 * - *pending*: was sent over the present socket and waits for its reply.
 * There are no flags: the state of a request is which of the two holds it.
 */
export class Requests {
  readonly #outgoing = new Set<Request>();
  readonly #pending = new Map<number, Request>();
  readonly #most: number;
  #lastId = 0;

  /** `most` requests are pending at the same time. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a request in; returns what takes it out again, wherever it is. */
  register(request: Request): () => void {
    this.#outgoing.add(request);
    return () => {
      this.#outgoing.delete(request);
      for (const [id, pending] of this.#pending) if (pending === request) this.#pending.delete(id);
    };
  }

  /** Moves what may be sent now from outgoing to pending, in order. */
  take(): Outgoing[] {
    const taken: Outgoing[] = [];
    for (const request of this.#outgoing) {
      if (this.#pending.size >= this.#most) break;
      this.#outgoing.delete(request);
      taken.push(this.send(request));
    }
    return taken;
  }

  /** Makes a request pending at once, past those that wait. */
  send(request: Request): Outgoing {
    this.#lastId += 1;
    this.#pending.set(this.#lastId, request);
    return { id: this.#lastId, request };
  }

  /** The request that a reply answers; undefined where nobody waits for it any more. */
  settle(id: number): Request | undefined {
    const request = this.#pending.get(id);
    this.#pending.delete(id);
    return request;
  }

  /** Fails what waits for a reply that cannot come any more; what was not sent stays. */
  lost(error: unknown): void {
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    for (const request of lost) request.reject(error);
  }

  /** Fails everything. */
  abandon(error: unknown): void {
    const all = [...this.#outgoing];
    this.#outgoing.clear();
    for (const request of all) request.reject(error);
    this.lost(error);
  }

  get size(): { outgoing: number; pending: number } {
    return { outgoing: this.#outgoing.size, pending: this.#pending.size };
  }
}
