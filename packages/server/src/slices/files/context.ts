import type { Jobs } from '../../core/jobs.ts';
import type { Logger } from '../../core/log.ts';
import type { Slots } from '../../core/slots.ts';
import type { Db } from '../../db/database.ts';
import type { Log } from '../../log/index.ts';
import type { BlobStore } from '../../ports/blobs.ts';
import type { Scanner } from '../../ports/scanner.ts';
import type { Uploads } from './uploads.ts';

export interface FilesLimits {
  /** Bytes of one file. */
  fileBytes: number;
  /** Bytes of a person's files together; 0: no limit. */
  userQuota: number;
  /** Bytes of an app's files together; 0: no limit. */
  appQuota: number;
}

/** What the operations of files share. */
export interface FilesContext {
  db: Db;
  now: () => number;
  logger: Logger;
  log: Log;
  jobs: Jobs;
  blobs: BlobStore;
  scanner: Scanner | undefined;
  uploads: Uploads;
  limits: FilesLimits;
  /** Signs addresses. */
  key: Uint8Array;
  /** Goes before the path of an address; empty: the node itself. */
  origin: string;
  /** Bounds how many files are looked at at once. */
  slots: Slots;
  /** Of these, how many images are decoded at once: each takes a processor and some memory. */
  pictures: Slots;
}
