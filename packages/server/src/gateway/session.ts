import { CLOSE, type CloseReason, type InlayError, LIMITS } from '@inlay-im/protocol';
import type { Server, ServerWebSocket } from 'bun';
import type { Caller, Session, SessionCaller } from '../core/caller.ts';

/** Replies at least this long are worth compressing, for clients that offered it. */
const COMPRESS_FROM = 2048;

/** Who a session is signed in as. */
export interface SignedIn {
  caller: SessionCaller;
  expiresAt: number;
  active: boolean;
}

/** The listener that a socket belongs to, and the way to those of the others. */
interface Place {
  server: Server<SocketSession>;
  elsewhere(own: Server<SocketSession>, topic: string, frame: string): void;
}

/**
 * One socket. It keeps what is true of the connection and nothing else: there are many thousands of them, so the
 * sets that few sessions need are made when first needed.
 */
export class SocketSession implements Session {
  readonly id: string;
  readonly address: string;
  readonly openedAt: number;
  ws!: ServerWebSocket<SocketSession>;
  signedIn: SignedIn | null = null;
  /** Whether a first frame was taken, so that there is no second `session.open`. */
  opening = false;
  /** Whether `session.open` was answered well. */
  open = false;
  /** Whether it counts for presence. */
  present = false;
  /** Conversations that were left while the session was being opened; null at any other time. */
  leftMeanwhile: Set<string> | null = null;
  inFlight = 0;
  /** Frames that may come at once; refilled with time. */
  tokens: number;
  refilledAt: number;
  #follows: Session['follows'] | null = null;
  readonly #place: Place;

  constructor(place: Place, o: { id: string; address: string; now: number; burst: number }) {
    this.#place = place;
    this.id = o.id;
    this.address = o.address;
    this.openedAt = o.now;
    this.tokens = o.burst;
    this.refilledAt = o.now;
  }

  get follows(): Session['follows'] {
    this.#follows ??= { presence: new Set(), channels: new Set() };
    return this.#follows;
  }

  /** The caller of a frame: nobody before sign-in. */
  caller(nobody: Caller): Caller {
    return this.signedIn?.caller ?? nobody;
  }

  subscribe(topic: string): void {
    this.ws.subscribe(topic);
  }

  unsubscribe(topic: string): void {
    this.ws.unsubscribe(topic);
  }

  isSubscribed(topic: string): boolean {
    return this.ws.isSubscribed(topic);
  }

  send(frame: string): void {
    this.ws.send(frame, frame.length >= COMPRESS_FROM);
  }

  /** A closed socket cannot publish, but what it caused is told all the same. */
  publish(topic: string, frame: string): void {
    const { server, elsewhere } = this.#place;
    if (this.ws.readyState === WebSocket.OPEN) this.ws.publish(topic, frame);
    else server.publish(topic, frame);
    elsewhere(server, topic, frame);
  }

  reply(id: number, output: unknown): void {
    this.send(JSON.stringify({ id, output }));
  }

  fail(id: number | null, error: InlayError): void {
    this.send(JSON.stringify({ id, error: error.toWire() }));
  }

  close(reason: CloseReason): void {
    this.ws.close(CLOSE[reason], reason);
  }

  /** Takes one frame's worth from the bucket; gives how many milliseconds to wait if there is none. */
  take(now: number, perSecond: number): number {
    const burst = perSecond * 2;
    this.tokens = Math.min(burst, this.tokens + ((now - this.refilledAt) / 1000) * perSecond);
    this.refilledAt = now;
    if (this.tokens < 1) return Math.ceil(((1 - this.tokens) / perSecond) * 1000);
    this.tokens--;
    return 0;
  }

  /** Whether the time to sign in is over. */
  isLate(now: number): boolean {
    return this.signedIn === null && now - this.openedAt > LIMITS.signInDeadline;
  }
}
