import type { Output, Request } from '@inlay-im/protocol';
import type { WireError } from '@inlay-im/protocol/rules';

export type Ack = Output<'messages.send'>;
export type SendableBody = Request<'messages.send'>['body'];

/** What a message may carry beside its body. */
export interface SendOptions {
  replyTo?: number | null;
  mentions?: string[];
  priority?: 'high' | 'normal' | 'low';
  silent?: boolean;
}

/** A message that waits to be sent. It has `error` once the node refused it for good. */
export interface OutboxEntry extends Required<SendOptions> {
  readonly id: string;
  readonly conversation: string;
  readonly body: SendableBody;
  /** When it was written, by this device's clock; `order` tells apart what was written in one millisecond. */
  readonly at: number;
  readonly order: number;
  readonly error?: WireError;
  /** Acknowledged, and shown until the message itself is fetched. */
  readonly settled?: true;
}

/** What happens to an entry, as all tabs hear it. */
export type OutboxNote =
  | { readonly note: 'outbox.put'; readonly entry: OutboxEntry }
  | { readonly note: 'outbox.sent'; readonly id: string; readonly ack: Ack; readonly repeated: boolean }
  | { readonly note: 'outbox.gone'; readonly id: string };

/**
 * Keeps the book of messages that wait. An entry is *sending* until it is acknowledged and goes, or *failed* once it
 * carries an error; failed entries hold nobody up.
 */
export class Outbox {
  readonly #entries = new Map<string, OutboxEntry>();

  get(id: string): OutboxEntry | undefined {
    return this.#entries.get(id);
  }

  put(entry: OutboxEntry): void {
    this.#entries.set(entry.id, entry);
  }

  remove(id: string): OutboxEntry | undefined {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    return entry;
  }

  ids(): Iterable<string> {
    return this.#entries.keys();
  }

  clear(): void {
    this.#entries.clear();
  }

  /** What waits in a conversation, in the order in which it was written. */
  of(conversation: string): OutboxEntry[] {
    return this.#sorted().filter((entry) => entry.conversation === conversation);
  }

  /** The one of each conversation that is to be sent first. */
  heads(): OutboxEntry[] {
    const heads = new Map<string, OutboxEntry>();
    for (const entry of this.#sorted()) {
      if (entry.error === undefined && !entry.settled && !heads.has(entry.conversation))
        heads.set(entry.conversation, entry);
    }
    return [...heads.values()];
  }

  #sorted(): OutboxEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.at - b.at || a.order - b.order);
  }
}
