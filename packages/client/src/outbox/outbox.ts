import type { MediaBody, Output, Request, StickerBody } from '@inlay-im/protocol';
import type { WireError } from '@inlay-im/protocol/rules';
import type { OutboxFile, Progress } from '../uploads/file.ts';

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
  /** How a body looks that names its files by their ids alone. */
  readonly shown?: MediaBody | StickerBody;
  /** The files that have to be with the node before the message is sent. */
  readonly files?: readonly OutboxFile[];
  /**
   * Whether they are. Stored before the message is sent, so that a reload after that sends it again and brings no
   * bytes, which may be gone since: the message may have been sent, and recalled by another device.
   */
  readonly whole?: true;
  /** The person paused the upload. */
  readonly paused?: true;
  /** The node did not know the files although they had been whole; they were brought once more. */
  readonly again?: true;
}

/** What of a message an uploader looks at. */
export type WithFiles = Pick<OutboxEntry, 'id' | 'files' | 'whole' | 'paused' | 'error'>;

/** Whether a message waits for its files. */
export const waitsForFiles = (entry: WithFiles): boolean => entry.files !== undefined && !entry.whole;

/** What happens to an entry, as all tabs hear it. */
export type OutboxNote =
  | { readonly note: 'outbox.put'; readonly entry: OutboxEntry }
  | {
      readonly note: 'outbox.sent';
      readonly id: string;
      readonly conversation: string;
      readonly ack: Ack;
      readonly repeated: boolean;
    }
  | { readonly note: 'outbox.gone'; readonly id: string };

/** What becomes of files, as all tabs hear it: bytes that one of them has, and how far the leader brought them. */
export type UploadNote =
  | { readonly note: 'upload.bytes'; readonly file: string; readonly blob: Blob }
  | { readonly note: 'upload.at'; readonly id: string; readonly file: string; readonly at: Progress };

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
    return this.all().filter((entry) => entry.conversation === conversation);
  }

  /**
   * The one of each conversation that is to be sent first. One whose files are on their way is overtaken by what needs
   * none, and holds up what has files too, unless it is `stuck` until the person does something.
   */
  heads(stuck: (entry: OutboxEntry) => boolean = () => false): OutboxEntry[] {
    const heads = new Map<string, OutboxEntry>();
    const bringing = new Set<string>();
    for (const entry of this.all()) {
      const { conversation } = entry;
      if (entry.error !== undefined || entry.settled || heads.has(conversation)) continue;
      if (waitsForFiles(entry)) {
        if (!entry.paused && !stuck(entry)) bringing.add(conversation);
      } else if (entry.files === undefined || !bringing.has(conversation)) heads.set(conversation, entry);
    }
    return [...heads.values()];
  }

  /** All, in the order in which they were written. */
  all(): OutboxEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.at - b.at || a.order - b.order);
  }
}
