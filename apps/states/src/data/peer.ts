import type { ClientOptions } from '@inlay-im/client';
import { OPERATIONS, type OperationName, type WireEvent } from '@inlay-im/protocol';
import { ERRORS, InlayError } from '@inlay-im/protocol/rules';
import { ANSWERS } from './answers.ts';
import type { World } from './world.ts';

type SocketConstructor = NonNullable<ClientOptions['WebSocket']>;
type Socket = InstanceType<SocketConstructor>;

class PeerSocket implements Socket {
  readonly readyState = 1;
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  readonly #peer: Peer;

  constructor(peer: Peer) {
    this.#peer = peer;
    queueMicrotask(() => peer.reached(this));
  }

  send(data: string): void {
    void this.#peer.frame(this, JSON.parse(data));
  }

  close(): void {
    this.#peer.gone(this);
  }

  deliver(frame: object): void {
    const data = JSON.stringify(frame);
    queueMicrotask(() => this.onmessage?.({ data }));
  }
}

const isOperation = (op: string): op is OperationName => op in OPERATIONS;

/**
 * A node within the page that says what the world of a state says, in the protocol's own words: all that goes in and
 * out is held to the schemas, so that a state never shows what no node would say.
 */
export class Peer {
  readonly #world: World;
  #socket: PeerSocket | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** How it is reached from now on; at first everything works. */
  link: World['link'] = 'online';

  get WebSocket(): SocketConstructor {
    const peer = this;
    return class extends PeerSocket {
      constructor() {
        super(peer);
      }
    };
  }

  readonly fetch: NonNullable<ClientOptions['fetch']> = async (url, init) => {
    const op = url.slice(url.lastIndexOf('/') + 1);
    try {
      return Response.json(await this.#answer(op, JSON.parse(String(init.body ?? '{}'))));
    } catch (error) {
      const { wire, status } = this.#wire(error);
      return Response.json({ error: wire }, { status });
    }
  };

  reached(socket: PeerSocket): void {
    if (this.link === 'connecting') return;
    this.#socket = socket;
    socket.onopen?.(undefined as never);
  }

  gone(socket: PeerSocket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }

  tell(event: WireEvent): void {
    this.#socket?.deliver(event);
  }

  async frame(socket: PeerSocket, frame: { id: number; op: string; input: unknown }): Promise<void> {
    const { id, op, input } = frame;
    try {
      socket.deliver({ id, output: await this.#answer(op, input) });
    } catch (error) {
      socket.deliver({ id, error: this.#wire(error).wire });
    }
  }

  async #answer(op: string, input: unknown): Promise<unknown> {
    if (!isOperation(op)) throw new InlayError('unknown_operation', op);
    if (op === 'session.open') this.#mayOpen();
    const answer = ANSWERS[op] as ((world: World, input: unknown) => unknown) | undefined;
    if (answer === undefined) throw new InlayError('forbidden', 'this page only shows states');
    const { input: asked, output } = OPERATIONS[op];
    const world = { ...this.#world, link: this.link };
    return output.parse(await answer(world, asked.parse(input ?? {})));
  }

  #mayOpen(): void {
    if (this.link === 'waiting') throw new InlayError('busy', 'try again later', { retryAfter: 30_000 });
    if (this.link === 'stopped') throw new InlayError('unsupported_version', 'this client is too old');
  }

  /** An answer that breaks the protocol is this page's own mistake, and is said loudly. */
  #wire(error: unknown) {
    if (!(error instanceof InlayError)) console.error(error);
    const known = error instanceof InlayError ? error : new InlayError('internal', String(error));
    return { wire: known.toWire(), status: ERRORS[known.code].status };
  }
}
