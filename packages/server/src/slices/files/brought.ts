import { open } from 'node:fs/promises';
import { InlayError } from '@inlay-im/protocol';
import { chunksOf } from '../../core/chunks-of.ts';
import type { BlobKey, PartStore, PartUpload } from '../../ports/blobs.ts';
import type { FilesContext } from './context.ts';
import type { FileRow } from './queries.ts';
import type { UploadKey } from './uploads.ts';

/** All the bytes of an upload. What is scanned, hashed and kept are the same, whatever its owner does meanwhile. */
export interface Whole {
  /** Piece by piece; each is good until the next one is asked for. */
  chunks(): Promise<AsyncIterable<Uint8Array>>;
  /** Runs work that needs them as a file of this machine. */
  asFile<T>(work: (path: string) => Promise<T>): Promise<T>;
  /** Keeps them as a blob; they are there twice until `drop`. */
  keep(key: BlobKey): Promise<void>;
}

/** Bytes that were brought and that nobody has looked at yet, here or in the store. */
export interface Brought {
  /** Runs work with them. Throws `conflict` unless as many are there as were declared. */
  whole<T>(work: (whole: Whole) => Promise<T>): Promise<T>;
  drop(): Promise<void>;
}

function incomplete(there: number, declared: number): InlayError {
  return new InlayError('conflict', `Of ${declared} bytes ${there} are there; bring the rest first.`, {
    field: 'file',
  });
}

function toNode({ uploads, blobs }: FilesContext, key: UploadKey, size: number): Brought {
  return {
    async whole(work) {
      const there = await uploads.size(key);
      if (there !== size) throw incomplete(there, size);
      return await uploads.held(key, (path) =>
        work({
          chunks: async () => chunksOf(path),
          asFile: (act) => act(path),
          keep: (blob) => blobs.put(blob, path),
        }),
      );
    },
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
    async whole(work) {
      const parts = await store.list(upload);
      const there = parts?.reduce((sum, part) => sum + part.size, 0) ?? size;
      if (there !== size) throw incomplete(there, size);
      if (parts !== undefined) await store.join(upload);
      return await work({
        chunks: () => store.read(upload),
        asFile: (act) =>
          uploads.temporary(async (path) => {
            await save(await store.read(upload), path);
            return await act(path);
          }),
        keep: (blob) => store.keep(upload, blob),
      });
    },
    drop: () => store.drop(upload),
  };
}

/** Writes a stream into a file, as slowly as the disk takes it. */
export async function save(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>> | Blob,
  path: string,
): Promise<void> {
  const stream = bytes instanceof Blob ? bytes.stream() : bytes;
  // Not the runtime's own writer (Bun 1.4): on a full disk it ends as if all were written.
  const file = await open(path, 'w');
  try {
    for await (const chunk of stream) await file.appendFile(chunk);
  } finally {
    await file.close();
  }
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
