import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { linkOrCopy } from '../../core/link-or-copy.ts';

export interface UploadsOptions {
  /** Made when it is first needed. */
  folder: string;
  uuid: () => string;
}

/** An upload of an app. */
export interface UploadKey {
  app: number;
  file: string;
}

const TEMPORARY = 'tmp';
/** Bytes of a body up to which it may pass through the program. */
const SMALL = 4 * 1024 * 1024;
const isMissing = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ENOENT';

async function ageOf(path: string, now: number): Promise<number> {
  return now - (await stat(path)).mtimeMs;
}

/** Bytes on their way: `<app>/<file>` while they are brought to this node, `tmp/<name>` while they are worked on. */
export class Uploads {
  readonly #folder: string;
  readonly #uuid: () => string;
  /** Names below `tmp` that this process works on. */
  readonly #inWork = new Set<string>();

  constructor({ folder, uuid }: UploadsOptions) {
    this.#folder = folder;
    this.#uuid = uuid;
  }

  path({ app, file }: UploadKey): string {
    return join(this.#folder, String(app), file);
  }

  /** Bytes that are here. What is on the disk counts, whatever became of the process that wrote it. */
  async size(key: UploadKey): Promise<number> {
    try {
      return (await stat(this.path(key))).size;
    } catch (error) {
      if (isMissing(error)) return 0;
      throw error;
    }
  }

  /**
   * Appends the body of a request, which says how long it is. One that breaks off leaves what came, and rejects. Large
   * ones are moved from socket to file by the runtime alone: what passes through the program piece by piece is garbage
   * that grows with the program.
   */
  async append(key: UploadKey, request: Request, length: number): Promise<void> {
    const path = this.path(key);
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a');
    try {
      const { size: before } = await file.stat();
      try {
        // Bun 1.4 writes a body twice that is in memory already and below 2 MB, if its target is an open file.
        if (length > SMALL) await Bun.write(Bun.file(file.fd), new Response(request.body));
        else for await (const chunk of request.body ?? []) await file.appendFile(chunk);
      } finally {
        const { size: after } = await file.stat();
        if (after > before + length) await file.truncate(before);
      }
    } finally {
      await file.close();
    }
  }

  /** Puts all the bytes of an upload in the place of what is there of it. */
  async place(key: UploadKey, bytes: Uint8Array): Promise<void> {
    const path = this.path(key);
    await mkdir(dirname(path), { recursive: true });
    await this.temporary(async (made) => {
      await writeFile(made, bytes);
      await rename(made, path);
    });
  }

  /**
   * Runs work with the bytes of an upload under a name of their own: dropping it and beginning it anew under its id
   * leaves these as they are.
   */
  async held<T>(key: UploadKey, work: (path: string) => Promise<T>): Promise<T> {
    return await this.temporary(async (path) => {
      await linkOrCopy(this.path(key), path);
      return await work(path);
    });
  }

  async remove(key: UploadKey): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  /** Runs work with the name of a file that may be made meanwhile, and is gone afterwards. */
  async temporary<T>(work: (path: string) => Promise<T>): Promise<T> {
    const name = this.#uuid();
    const path = join(this.#folder, TEMPORARY, name);
    await mkdir(dirname(path), { recursive: true });
    this.#inWork.add(name);
    try {
      return await work(path);
    } finally {
      this.#inWork.delete(name);
      await rm(path, { force: true });
    }
  }

  /** Uploads that nothing was added to for so many milliseconds. */
  async old(age: number, now: number): Promise<UploadKey[]> {
    const found: UploadKey[] = [];
    for (const app of await this.#names('')) {
      if (app === TEMPORARY) continue;
      for (const file of await this.#names(app)) {
        if ((await ageOf(join(this.#folder, app, file), now)) > age) found.push({ app: Number(app), file });
      }
    }
    return found;
  }

  /** Removes what work that was killed left behind. */
  async clearTemporary(age: number, now: number): Promise<void> {
    for (const name of await this.#names(TEMPORARY)) {
      // As old as the upload may be that it is another name of.
      if (this.#inWork.has(name)) continue;
      const path = join(this.#folder, TEMPORARY, name);
      if ((await ageOf(path, now)) > age) await rm(path, { force: true });
    }
  }

  async #names(folder: string): Promise<string[]> {
    try {
      return await readdir(join(this.#folder, folder));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}
