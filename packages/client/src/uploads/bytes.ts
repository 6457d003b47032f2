import type { Storage } from '../storage/storage.ts';

/** Files that were sent are shown from this device until so many more were. */
const SENT_SHOWN = 50;

/** An address that the page reads bytes from; null where the platform has none. */
const urlOf = (blob: Blob): string | null =>
  typeof URL.createObjectURL === 'function' ? URL.createObjectURL(blob) : null;

/**
 * The bytes of files that are to be sent: at hand in memory, and in storage for the next start. Where storage has no
 * room for them they have to be chosen again after a reload.
 */
export class Bytes {
  readonly #storage: Storage;
  readonly #blobs = new Map<string, Blob>();
  readonly #urls = new Map<string, string | null>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Takes bytes to hand that another tab has, or this one. */
  hold(file: string, blob: Blob): void {
    this.#blobs.set(file, blob);
  }

  /** Keeps bytes for the next start, if there is room. */
  store(file: string, blob: Blob): Promise<void> {
    return this.#storage.transaction([{ put: 'blobs', key: file, value: blob }]).catch(() => {});
  }

  /** The bytes; undefined where they are not on this device. */
  async of(file: string): Promise<Blob | undefined> {
    const held = this.#blobs.get(file);
    if (held !== undefined) return held;
    const stored = await this.#storage.get('blobs', file).catch(() => undefined);
    if (!(stored instanceof Blob)) return undefined;
    this.hold(file, stored);
    return stored;
  }

  /** Where the page may read what is at hand, or was until it was sent. */
  url(file: string): string | null {
    const blob = this.#blobs.get(file);
    if (!this.#urls.has(file) && blob !== undefined) this.#urls.set(file, urlOf(blob));
    return this.#urls.get(file) ?? null;
  }

  /** These were sent or dropped. Their addresses hold for a while, so that what is shown does not blink. */
  release(files: readonly string[]): void {
    for (const file of files) this.#blobs.delete(file);
    const shown = [...this.#urls.keys()].filter((file) => !this.#blobs.has(file));
    this.#revoke(shown.slice(0, -SENT_SHOWN));
  }

  clear(): void {
    this.#blobs.clear();
    this.#revoke([...this.#urls.keys()]);
  }

  #revoke(files: readonly string[]): void {
    for (const file of files) {
      const url = this.#urls.get(file);
      if (url) URL.revokeObjectURL(url);
      this.#urls.delete(file);
    }
  }
}
