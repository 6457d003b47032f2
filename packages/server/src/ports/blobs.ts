/** Names bytes by what they are, within an app. */
export interface BlobKey {
  readonly app: number;
  /** SHA-256 of the bytes, in hex. */
  readonly hash: string;
}

/** Bytes from `start` up to, but without, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface BlobEntry {
  readonly key: BlobKey;
  /** When it was put last, in milliseconds since the epoch. */
  readonly at: number;
}

/** What someone who follows an address of the store is told about the bytes. */
export interface AddressHeaders {
  readonly type: string;
  readonly disposition: string;
  readonly cacheControl: string;
}

/** Where the bytes of files are kept. */
export interface BlobStore {
  /** Which adapter it is, for logs. */
  readonly name: string;
  /**
   * Keeps the bytes of a file of this machine, which stays where it is and is not to be changed any more. Once it
   * resolves, the bytes outlive a loss of power. Repeating it is harmless.
   */
  put(key: BlobKey, path: string): Promise<void>;
  /** The bytes or a part of them, to be streamed. Throws BlobMissing. */
  read(key: BlobKey, range?: ByteRange): Promise<Blob | ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** How many bytes it has; undefined where there is none. */
  size(key: BlobKey): Promise<number | undefined>;
  /** Removes it; what is not there needs no removing. */
  delete(key: BlobKey): Promise<void>;
  /** All that is kept, in no order. */
  list(): AsyncIterable<BlobEntry>;
  /** For a store to which browsers bring bytes without the node. */
  readonly parts?: PartStore;
  /** Where browsers reach it, if they do. */
  readonly origin?: string;
  /** For a store from which browsers get bytes without the node: an address that is good for so many seconds. */
  address?(key: BlobKey, seconds: number, headers: AddressHeaders): Promise<string>;
}

/** An upload in parts, as text that only its store understands. */
export type PartUpload = string;

export interface StoredPart {
  /** From 1. */
  readonly number: number;
  /** Bytes. */
  readonly size: number;
}

/** Uploads in parts, by PUT to addresses that the store signs. Bytes that were brought have no hash until `keep`. */
export interface PartStore {
  /** Bytes of each part but the last. */
  readonly partSize: number;
  /** Apart from every other one, also of the same file. */
  begin(app: number, file: string): Promise<PartUpload>;
  /** An address to which the part may be brought by PUT, for so many seconds: with as many bytes as it has, no others. */
  sign(upload: PartUpload, part: StoredPart, seconds: number): Promise<string>;
  /** What was brought so far; undefined if the upload is over: once its parts were joined, at most stores. */
  list(upload: PartUpload): Promise<readonly StoredPart[] | undefined>;
  /** Makes one of the parts; repeating it is harmless. */
  join(upload: PartUpload): Promise<void>;
  /** The joined bytes. */
  read(upload: PartUpload): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** Keeps the joined bytes as a blob, within the store. */
  keep(upload: PartUpload, key: BlobKey): Promise<void>;
  /** Removes parts and joined bytes; what is not there needs no removing. */
  drop(upload: PartUpload): Promise<void>;
}

/** There is nothing under this key. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
}

/** The store cannot be reached, or fails; the same may succeed later. The message is safe to log. */
export class BlobStoreFailed extends Error {
  override readonly name = 'BlobStoreFailed';
}
