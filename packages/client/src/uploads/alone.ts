import type { StoredFile } from '@inlay-im/protocol';
import type { WithFiles } from '../outbox/outbox.ts';
import { ClientError, SignedOut } from '../requests/errors.ts';
import { errorOf } from '../requests/http.ts';
import { describe } from './describe.ts';
import type { NewFile } from './file.ts';
import { Uploader, type UploaderOptions } from './uploader.ts';

export interface UploadOptions {
  /** Gives it up: it then fails with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How far it is: so many bytes of so many. */
  progress?(loaded: number, size: number): void;
}

interface Waiting {
  /** Stands for the message that there is none of. */
  readonly entry: WithFiles;
  readonly blob: Blob;
  readonly progress: UploadOptions['progress'];
  settle(result: StoredFile | Error): void;
}

export type AloneOptions = Pick<
  UploaderOptions,
  'call' | 'clock' | 'random' | 'wire' | 'access' | 'at' | 'up'
> & { newId(): string };

/**
 * Uploads that no message waits for, as of a picture. They belong to the page that began them: it brings them itself,
 * whichever tab leads, and forgets them when it closes.
 */
export class Alone {
  readonly #options: AloneOptions;
  readonly #uploader: Uploader;
  readonly #waiting = new Map<string, Waiting>();

  constructor(options: AloneOptions) {
    this.#options = options;
    const find = (id: string) => this.#waiting.get(id);
    this.#uploader = new Uploader({
      ...options,
      leads: () => true,
      entries: () => [...this.#waiting.values()].map(({ entry }) => entry),
      bytes: async (file) =>
        [...this.#waiting.values()].find(({ entry }) => entry.files?.[0]?.file === file)?.blob,
      tell: (id, _file, { state, loaded }) => {
        const one = find(id);
        if (state === 'missing') one?.settle(new ClientError('the bytes of the file cannot be read'));
        else one?.progress?.(loaded, one.blob.size);
      },
      whole: (id, [stored]) => stored && find(id)?.settle(stored),
      failed: (id, error) => find(id)?.settle(errorOf(error)),
    });
  }

  /** Brings a file; goes on by itself after interruptions, and fails where the node refuses it. */
  upload(chosen: NewFile, { signal, progress }: UploadOptions = {}): Promise<StoredFile> {
    const { newId } = this.#options;
    const { files } = describe([chosen], newId);
    const entry = { id: newId(), files };
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#waiting.delete(entry.id);
        signal?.removeEventListener('abort', stop);
        this.#uploader.pump();
      };
      const stop = () => {
        end();
        reject(signal?.reason);
        // What the node does not hear of it sweeps by itself.
        this.#options.call('files.cancel', { file: files[0]?.file ?? '' }).catch(() => {});
      };
      const settle = (result: StoredFile | Error) => {
        end();
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener('abort', stop);
      this.#waiting.set(entry.id, { entry, blob: chosen.blob, progress, settle });
      this.#uploader.pump();
    });
  }

  /** A session opened. */
  up(): void {
    this.#uploader.up();
  }

  /** The client stops; it goes on once it connects again. */
  halt(): void {
    this.#uploader.halt();
  }

  /** Somebody signed out. */
  clear(): void {
    for (const { settle } of [...this.#waiting.values()])
      settle(new SignedOut('whoever began the upload signed out'));
  }
}
