import type { Scope } from '@inlay-im/protocol';

/** The tenant that a request belongs to. Everything that is looked up is looked up within it. */
export interface App {
  pk: number;
  id: string;
}

/** The part of a live socket that operations may touch. */
export interface Session {
  readonly id: string;
  subscribe(topic: string): void;
  unsubscribe(topic: string): void;
  isSubscribed(topic: string): boolean;
  /** Sends an event frame to this session alone. */
  send(frame: string): void;
  /** Publishes to everyone on this node who follows the topic, but not to this session. */
  publish(topic: string, frame: string): void;
  /** People and channels that this session follows; bounded by the limits of the protocol. */
  readonly follows: { presence: Set<string>; channels: Set<string> };
}

/** Who asks, over what. */
export interface Caller {
  app: App;
  /** Null: nobody is signed in, or a backend's key without a person's name. */
  user: string | null;
  device: string | null;
  /** What a backend's key may do; null: no key. */
  scopes: readonly Scope[] | null;
  session: Session | null;
  /** The network address, for limits. */
  address: string;
}

/** A request in a person's name. */
export interface UserCaller extends Caller {
  user: string;
}

/** A request of a person's live session. */
export interface SessionCaller extends UserCaller {
  device: string;
  session: Session;
}
