import { chunksOf } from '../../core/chunks-of.ts';
import type { Trx } from '../../db/database.ts';
import type { BlobKey, BlobStore } from '../../ports/blobs.ts';

export interface Keeping {
  blobs: BlobStore;
  key: BlobKey;
  /** Bytes. */
  size: number;
  at: Date;
  /** Brings the bytes into the store. */
  put(): Promise<void>;
}

/**
 * Writes a blob down and brings its bytes into the store. The lock on its row is held from before the bytes are there
 * until what names them is committed, and sweepers remove bytes only under that lock: so bytes that are named are
 * there, and bytes that someone just brought are not swept.
 */
export async function keep(trx: Trx, { blobs, key, size, at, put }: Keeping): Promise<void> {
  await trx
    .insertInto('blobs')
    .values({ ...key, size: String(size), created_at: at })
    .onConflict((oc) => oc.columns(['app', 'hash']).doUpdateSet({ size: String(size) }))
    .execute();
  if ((await blobs.size(key)) !== size) await put();
}

/** SHA-256 in hex and length of a file, read once. */
export async function hashOf(path: string): Promise<{ hash: string; size: number }> {
  const hasher = new Bun.CryptoHasher('sha256');
  let size = 0;
  for await (const chunk of chunksOf(path)) {
    hasher.update(chunk);
    size += chunk.length;
  }
  return { hash: hasher.digest('hex'), size };
}
