import type { FileAddress, StoredFile } from '@inlay-im/protocol';
import { type Later, laterStore } from '../later.ts';
import type { Store } from '../store.ts';
import type { UploadOptions } from '../uploads/alone.ts';
import type { NewFile } from '../uploads/file.ts';
import type { Media } from './media.ts';

/** Where the bytes of files are. */
export class Files {
  readonly #media: Later<Media>;

  constructor(media: Later<Media>) {
    this.#media = media;
  }

  /**
   * Where a file of a conversation's messages is to be had, or without a conversation one of mine. Fetched and renewed
   * while someone listens; undefined until it is there, and for what is not mine to see.
   */
  address(conversation: string | undefined, file: string): Store<FileAddress | undefined> {
    return (
      this.#media.now?.addresses.of(conversation, file) ??
      laterStore(this.#media, undefined, ({ addresses }) => addresses.of(conversation, file))
    );
  }

  /**
   * Uploads a file that no message carries, as a picture of someone: `avatarPath` makes of its id what to set. It goes
   * on by itself after interruptions, for as long as the page is there. What is set nowhere is removed after a while.
   */
  async upload(file: NewFile, options?: UploadOptions): Promise<StoredFile> {
    return (await this.#media.get()).alone.upload(file, options);
  }

  /**
   * Has what files need loaded ahead of the first of them. To be called where files are being chosen or recorded, so
   * that sending them does not wait for it.
   */
  prepare(): void {
    void this.#media.get();
  }

  /** Asks anew for an address that did not work, as where this device's clock is wrong. */
  renew(conversation: string | undefined, file: string): void {
    this.#media.now?.addresses.renew(conversation, file);
  }

  /** Where the page may read a file that was sent from this device, for as long as it is at hand; else null. */
  local(file: string): string | null {
    return this.#media.now?.desk.bytes.url(file) ?? null;
  }
}
