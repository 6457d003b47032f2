import type { FileKind } from '@inlay-im/protocol';
import type { Generated } from 'kysely';

export interface BlobsTable {
  app: number;
  hash: string;
  /** bigint: a decimal string as it is read. */
  size: string;
  created_at: Date;
}

export interface FilesTable {
  app: number;
  id: string;
  owner: string;
  state: Generated<'uploading' | 'ready' | 'rejected'>;
  kind: FileKind;
  name: string;
  size: string;
  type: string | null;
  blob: string | null;
  original: Generated<boolean>;
  width: number | null;
  height: number | null;
  duration: number | null;
  thumbhash: string | null;
  waveform: string | null;
  animated: Generated<boolean>;
  poster: string | null;
  upload: string | null;
  created_at: Date;
}

export interface FileStepsTable {
  app: number;
  blob: string;
  width: number;
  hash: string;
}

export interface FilesTables {
  blobs: BlobsTable;
  files: FilesTable;
  file_steps: FileStepsTable;
}
