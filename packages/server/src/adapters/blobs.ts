import type { BlobStore } from '../ports/blobs.ts';
import { diskBlobs } from './blobs-disk/index.ts';
import { type S3Config, s3Blobs } from './blobs-s3/index.ts';

/** Which adapter keeps the bytes of files; what it needs comes with the choice of it. */
export type BlobsConfig = { readonly kind: 'disk' } | ({ readonly kind: 's3' } & S3Config);

export interface BlobsDeps {
  /** Where the disk's blobs are. */
  readonly folder: string;
  readonly uuid: () => string;
}

/** The store of bytes that the configuration asks for; nothing is opened or connected until it is used. */
export function createBlobs(config: BlobsConfig, deps: BlobsDeps): BlobStore {
  return config.kind === 's3' ? s3Blobs(config, deps.uuid) : diskBlobs(deps);
}
