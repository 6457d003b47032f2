/**
 * Carries hints between the nodes of one database: frames for topics, and what a node must know about its own
 * sessions. It is never the truth: what gets lost is repaired by revisions.
 */
export interface Bus {
  /** Tells all *other* nodes. */
  publish(message: BusMessage): void;
  /** Gets what other nodes published; returns how to stop. */
  subscribe(handler: (message: BusMessage) => void): () => void;
}

export type BusMessage =
  | { type: 'frame'; topic: string; frame: string }
  /** A person is in a conversation from now on, or no longer: sessions follow. */
  | { type: 'membership'; app: number; user: string; conversation: string; member: boolean }
  /** These people are in a conversation from now on, and see it once they are told. */
  | { type: 'joined'; app: number; conversation: string; users: readonly string[] }
  /** Cached facts about a conversation or one of its members are old. */
  | { type: 'stale'; conversation: string; user?: string }
  /** A device was signed out. */
  | { type: 'signedOut'; device: string };
