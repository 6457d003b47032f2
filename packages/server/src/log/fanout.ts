import type { EventData, EventName } from '@inlay-im/protocol';
import type { Session } from '../core/caller.ts';
import type { Bus } from '../ports/bus.ts';

/** Publishes in the topic tree of this node's server. */
export type LocalPublish = (topic: string, frame: string) => void;

/** Makes the sessions of a person on this node follow a conversation, or stop. */
export type LocalMembership = (m: {
  app: number;
  user: string;
  conversation: string;
  member: boolean;
}) => void;

/** What the gateway of this node does for the fan-out. */
export interface Local {
  publish: LocalPublish;
  membership: LocalMembership;
  /** Whether a person has a session on this node. */
  isHere(app: number, user: string): boolean;
}

/** Sends events to everyone who follows a topic, on this node and the others. An event is encoded once. */
export class Fanout {
  #here: Local = { publish: () => undefined, membership: () => undefined, isHere: () => false };
  readonly #bus: Bus;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  /** The gateway gives its topic tree once it listens. */
  attach(here: Local): void {
    this.#here = here;
  }

  isHere(app: number, user: string): boolean {
    return this.#here.isHere(app, user);
  }

  /** Has the other nodes show a conversation to those of its new members who are there. */
  joinedElsewhere(joined: { app: number; conversation: string; users: readonly string[] }): void {
    this.#bus.publish({ type: 'joined', ...joined });
  }

  /** To be called before anything later in the conversation is published, so that it reaches who is in, and only them. */
  membership(m: Parameters<LocalMembership>[0]): void {
    this.#here.membership(m);
    this.#bus.publish({ type: 'membership', ...m });
  }

  localMembership(m: Parameters<LocalMembership>[0]): void {
    this.#here.membership(m);
  }

  local(topic: string, frame: string): void {
    this.#here.publish(topic, frame);
  }

  publish<E extends EventName>(topic: string, event: E, data: EventData<E>): void {
    const frame = encodeEvent(event, data);
    this.#here.publish(topic, frame);
    this.#bus.publish({ type: 'frame', topic, frame });
  }

  /** To everyone but the session that caused it and learns of it by its reply. */
  publishExcept<E extends EventName>(session: Session, topic: string, event: E, data: EventData<E>): void {
    const frame = encodeEvent(event, data);
    session.publish(topic, frame);
    this.#bus.publish({ type: 'frame', topic, frame });
  }
}

export const encodeEvent = <E extends EventName>(event: E, data: EventData<E>): string =>
  JSON.stringify({ event, data });
