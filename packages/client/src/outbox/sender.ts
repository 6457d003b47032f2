import { InlayError } from '@inlay-im/protocol/rules';
import type { Clock } from '../clock.ts';
import type { Call, Note } from '../connection/link.ts';
import { ClientError, ConnectionLost, isCode, mayRetry, retryAfter } from '../requests/errors.ts';
import type { Storage } from '../storage/storage.ts';
import { inputOf, isKnown, missesFiles, removalOf } from './entry.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

/** Milliseconds before a message without an answer is sent again over the same connection. */
const AGAIN = 1000;

export interface SenderOptions {
  readonly outbox: Outbox;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly call: Call;
  /** Whether this client has a session and is the one that sends. */
  ready(): boolean;
  /** Whether a message waits for files that only the person can bring back. */
  stuck(entry: OutboxEntry): boolean;
  tell(note: Note): void;
}

/** A sign-in that lapsed is the connection's business; the message waits until there is one again. */
const waitsForSession = (error: unknown): boolean =>
  error instanceof ClientError || isCode(error, 'token_expired') || isCode(error, 'unauthenticated');

/**
 * Sends what the outbox holds, one message at a time in each conversation, so that their order stays. [L2] [L4] A
 * message that got no answer is sent again under its id, which makes it one message however often it arrives.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #busy = new Set<string>();
  /** What was sent before, or may have been by another tab or before a reload. */
  readonly #tried = new Set<string>();

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Says that these may have been sent already. */
  suspect(ids: Iterable<string>): void {
    for (const id of ids) this.#tried.add(id);
  }

  /** Sends whatever may be sent now. To be called whenever something was put in and whenever a session opened. */
  pump(): void {
    if (!this.#options.ready()) return;
    for (const entry of this.#options.outbox.heads((one) => this.#options.stuck(one))) {
      if (this.#busy.has(entry.conversation)) continue;
      this.#busy.add(entry.conversation);
      void this.#send(entry).then((pause) => {
        if (pause === 0) return this.#free(entry);
        this.#options.clock.after(pause, () => this.#free(entry));
      });
    }
  }

  #free(entry: OutboxEntry): void {
    this.#busy.delete(entry.conversation);
    this.pump();
  }

  /** Gives the milliseconds to pause before the conversation's next. */
  async #send(entry: OutboxEntry): Promise<number> {
    const { call, storage, tell } = this.#options;
    // What is not known until the node tells it is fetched like what was sent before.
    const repeated = this.#tried.has(entry.id) || !isKnown(entry);
    this.#tried.add(entry.id);
    try {
      const ack = await call('messages.send', inputOf(entry));
      await storage.transaction(removalOf(entry)).catch(() => {});
      this.#tried.delete(entry.id);
      const { id, conversation } = entry;
      tell({ note: 'outbox.sent', id, conversation, ack, repeated });
      return 0;
    } catch (error) {
      if (error instanceof ConnectionLost && !this.#options.ready()) return 0;
      if (mayRetry(error) || waitsForSession(error)) return Math.max(1, retryAfter(error, AGAIN));
      await this.#fail(entry, error);
      return 0;
    }
  }

  async #fail(entry: OutboxEntry, cause: unknown): Promise<void> {
    if (this.#options.outbox.get(entry.id) === undefined) return;
    const error =
      cause instanceof InlayError ? cause.toWire() : { code: 'internal' as const, message: String(cause) };
    const { whole: _, ...bringing } = entry;
    const failed = missesFiles(entry, cause) ? { ...bringing, again: true as const } : { ...entry, error };
    await this.#options.storage
      .transaction([{ put: 'outbox', key: entry.id, value: failed }])
      .catch(() => {});
    this.#options.tell({ note: 'outbox.put', entry: failed });
  }
}
