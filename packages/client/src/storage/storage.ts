/** The tables of the cache. Keys are ids; `meta` holds single values, `blobs` the bytes of files that are to be sent. */
export const TABLES = ['meta', 'conversations', 'windows', 'users', 'outbox', 'blobs'] as const;
export type Table = (typeof TABLES)[number];

/**
 * One change of a transaction. `newer`: only if what is stored has no higher `rev`, as several tabs write one cache.
 * `keep`: all but so many rows go, those with the lowest `at` first.
 */
export type Change =
  | { readonly put: Table; readonly key: string; readonly value: unknown; readonly newer?: boolean }
  | { readonly remove: Table; readonly key: string }
  | { readonly trim: Table; readonly keep: number }
  | { readonly clear: Table };

/** The table that a change is of. */
export const tableOf = (change: Change): Table =>
  'put' in change
    ? change.put
    : 'remove' in change
      ? change.remove
      : 'trim' in change
        ? change.trim
        : change.clear;

/**
 * Where the client keeps its last state. Values are plain JSON-like data and come back as copies; those of `blobs` are
 * each a `Blob`. A storage that cannot keep one refuses the transaction, which costs the files that wait to be sent at
 * the next start, and nothing else.
 */
export interface Storage {
  /** The name that several tabs share this storage under; absent: this client has it alone. */
  readonly shared?: string;
  get(table: Table, key: string): Promise<unknown>;
  all(table: Table): Promise<unknown[]>;
  /** All changes or none, in order. One of `blobs` alone holds up no other, however many bytes it brings. */
  transaction(changes: readonly Change[]): Promise<void>;
}
