/** What a scanner says of bytes. */
export type Verdict =
  | { readonly clean: true }
  /** The scanner's own name for what it found. */
  | { readonly clean: false; readonly found: string };

/** Looks into uploaded bytes for what is harmful. */
export interface Scanner {
  /** Which adapter it is, for logs. */
  readonly name: string;
  /**
   * Scans bytes as they come, never holding all of them; each piece is good until the next one is asked for.
   * @throws ScannerUnavailable where there is no verdict: bytes without one are not let through.
   */
  scan(bytes: AsyncIterable<Uint8Array>): Promise<Verdict>;
}

/** No verdict: nobody answers, or not in words that are understood. The message is safe to log. */
export class ScannerUnavailable extends Error {
  override readonly name = 'ScannerUnavailable';
}
