import type { Call, Note } from '../connection/link.ts';
import { bytesOf } from '../outbox/entry.ts';
import type { OutboxEntry, UploadNote } from '../outbox/outbox.ts';
import type { Storage } from '../storage/storage.ts';
import { Bytes } from './bytes.ts';
import type { OutboxFile, Progress, UploadView } from './file.ts';
import type { Uploader } from './uploader.ts';

export interface DeskOptions {
  readonly storage: Storage;
  readonly call: Call;
  readonly uploader: Pick<Uploader, 'pump' | 'up' | 'halt' | 'given' | 'again'>;
  leads(): boolean;
  /** All messages that wait, in their order. */
  entries(): readonly OutboxEntry[];
  tell(note: Note): void;
  touched(conversation: string): void;
}

interface Shown {
  readonly inputs: readonly unknown[];
  readonly views: readonly UploadView[];
}

/** How far a file is of which nothing was heard yet. */
const unheard = ({ whole, error }: OutboxEntry, size: number): Progress => ({
  state: whole ? 'done' : error ? 'failed' : 'waiting',
  loaded: whole ? size : 0,
  error: error ?? null,
});

/** Files that wait to be sent: keeps their bytes, shows every tab how far they are, and has the leader bring them. */
export class UploadDesk {
  readonly bytes: Bytes;
  readonly #options: DeskOptions;
  readonly #at = new Map<string, Progress>();
  readonly #shown = new Map<string, Shown>();

  constructor(options: DeskOptions) {
    this.#options = options;
    this.bytes = new Bytes(options.storage);
  }

  /** Keeps the bytes of files that were chosen, and gives them to the other tabs. */
  take(bytes: ReadonlyMap<string, Blob>): void {
    for (const [file, blob] of bytes) {
      this.bytes.hold(file, blob);
      void this.bytes.store(file, blob);
      this.#options.tell({ note: 'upload.bytes', file, blob });
    }
  }

  /** How far the files of a message are; null where it has none to bring. The same until something changed. */
  views(entry: OutboxEntry): readonly UploadView[] | null {
    if (entry.files === undefined) return null;
    const inputs = [entry, ...entry.files.flatMap(({ file }) => [this.#at.get(file), this.bytes.url(file)])];
    const held = this.#shown.get(entry.id);
    if (held && held.inputs.length === inputs.length && held.inputs.every((one, i) => one === inputs[i]))
      return held.views;
    const views = entry.files.map((file) => this.#view(entry, file));
    this.#shown.set(entry.id, { inputs, views });
    return views;
  }

  /** Whether a message has files that only the person can bring back. */
  misses(entry: OutboxEntry): boolean {
    return bytesOf(entry).some((file) => this.#at.get(file)?.state === 'missing');
  }

  hear(note: UploadNote): void {
    if (note.note === 'upload.bytes') {
      this.bytes.hold(note.file, note.blob);
      if (this.#at.get(note.file)?.state === 'missing') this.#at.delete(note.file);
      this.#options.uploader.given(note.file);
    } else this.#at.set(note.file, note.at);
    for (const entry of this.#options.entries())
      if (bytesOf(entry).includes(note.file)) this.#options.touched(entry.conversation);
  }

  /** After a start: what was chosen before it is shown and brought. */
  restore(): void {
    for (const entry of this.#options.entries()) void this.#recall(entry);
    this.pump();
  }

  /** A message was put in or changed, or a session opened. */
  pump(): void {
    this.#options.uploader.pump();
  }

  up(): void {
    this.#options.uploader.up();
  }

  halt(): void {
    this.#options.uploader.halt();
  }

  /** The person wants a message whose files failed to be sent again. */
  again(entry: OutboxEntry): void {
    for (const file of bytesOf(entry)) this.#at.delete(file);
    this.#options.uploader.again(entry.id);
  }

  /** A message was sent, or dropped: its bytes here and what the node has of them are of no use any more. */
  gone(entry: OutboxEntry, dropped: boolean): void {
    const files = bytesOf(entry);
    for (const file of files) this.#at.delete(file);
    this.#shown.delete(entry.id);
    this.bytes.release(files);
    this.#options.uploader.pump();
    if (!dropped || !this.#options.leads()) return;
    // What the node does not hear of it sweeps by itself.
    for (const file of files) this.#options.call('files.cancel', { file }).catch(() => {});
  }

  clear(): void {
    this.#options.uploader.halt();
    this.#at.clear();
    this.#shown.clear();
    this.bytes.clear();
  }

  async #recall(entry: OutboxEntry): Promise<void> {
    for (const file of bytesOf(entry)) await this.bytes.of(file);
    if (entry.files) this.#options.touched(entry.conversation);
  }

  #view(entry: OutboxEntry, { file, size }: OutboxFile): UploadView {
    const at = this.#at.get(file) ?? unheard(entry, size);
    const going = at.state === 'waiting' || at.state === 'uploading';
    const state = entry.paused && going ? 'paused' : at.state;
    return { ...at, state, file, size, url: this.bytes.url(file) };
  }
}
