import { InlayError } from '@inlay-im/protocol';
import { chunksOf } from '../../core/chunks-of.ts';
import type { BlobKey, PartStore, PartUpload } from '../../ports/blobs.ts';
import type { FilesContext } from './context.ts';
import type { FileRow } from './queries.ts';
import type { UploadKey } from './uploads.ts';

/** Bytes that were brought and that nobody has looked at yet, here or in the store. */
export interface Brought {
  /** Throws `conflict` unless as many bytes are there as were declared. */
  complete(): Promise<void>;
  /** All of it, piece by piece; each is good until the next one is asked for. */
  chunks(): Promise<AsyncIterable<Uint8Array>>;
  /** Runs work that needs them as a file of this machine. */
  asFile<T>(work: (path: string) => Promise<T>): Promise<T>;
  /** Keeps them as a blob; they are there twice until `drop`. */
  keep(key: BlobKey): Promise<void>;
  drop(): Promise<void>;
}

function incomplete(there: number, declared: number): InlayError {
  return new InlayError('conflict', `Of ${declared} bytes ${there} are there; bring the rest first.`, {
    field: 'file',
  });
}

function toNode({ uploads, blobs }: FilesContext, key: UploadKey, size: number): Brought {
  const path = uploads.path(key);
  return {
    async complete() {
      const there = await uploads.size(key);
      if (there !== size) throw incomplete(there, size);
    },
    chunks: async () => chunksOf(path),
    asFile: (work) => work(path),
    keep: (blob) => blobs.put(blob, path),
    drop: () => uploads.remove(key),
  };
}

interface ToStore {
  store: PartStore;
  upload: PartUpload;
  size: number;
}

function toStore({ uploads }: FilesContext, { store, upload, size }: ToStore): Brought {
  return {
    async complete() {
      const parts = await store.list(upload);
      if (parts === undefined) return;
      const there = parts.reduce((sum, part) => sum + part.size, 0);
      if (there !== size) throw incomplete(there, size);
      await store.join(upload);
    },
    chunks: () => store.read(upload),
    asFile: (work) =>
      uploads.temporary(async (path) => {
        await save(await store.read(upload), path);
        return await work(path);
      }),
    keep: (blob) => store.keep(upload, blob),
    drop: () => store.drop(upload),
  };
}

/** Writes a stream into a file, as slowly as the disk takes it. */
export async function save(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>> | Blob,
  path: string,
): Promise<void> {
  const writer = Bun.file(path).writer({ highWaterMark: 1024 * 1024 });
  const stream = bytes instanceof Blob ? bytes.stream() : bytes;
  for await (const chunk of stream) {
    writer.write(chunk);
    await writer.flush();
  }
  await writer.end();
}

/** What was brought of a file. */
export function broughtOf(context: FilesContext, row: FileRow): Brought {
  const { parts } = context.blobs;
  const size = Number(row.size);
  if (row.upload !== null && parts !== undefined) {
    return toStore(context, { store: parts, upload: row.upload, size });
  }
  return toNode(context, { app: row.app, file: row.id }, size);
}
