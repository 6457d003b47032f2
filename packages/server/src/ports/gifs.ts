/** A picture of a GIF in one size, at the service. */
export interface Rendition {
  readonly url: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** A GIF as the service tells it. */
export interface FoundGif {
  /** The service's own. */
  readonly id: string;
  /** What it shows; may be empty. */
  readonly title: string;
  /** Small, and moving. */
  readonly preview: Rendition;
  /** The best of at most `GIF_BYTES`. */
  readonly full: Rendition;
}

export interface GifPage {
  readonly gifs: readonly FoundGif[];
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null;
}

export interface GifQuestion {
  /** Empty: what is popular. */
  readonly query: string;
  /** `next` of the page before. */
  readonly cursor: string | undefined;
  /** How many at most. */
  readonly limit: number;
  readonly locale: 'en' | 'zh-CN';
}

/** A service that finds GIFs by words. */
export interface GifService {
  /** As people know it: its terms want it shown where its GIFs are. */
  readonly name: string;
  /**
   * @throws GifServiceUnavailable
   * @throws GifCursorUnknown
   */
  search(question: GifQuestion): Promise<GifPage>;
  /**
   * The bytes of a rendition: from the service's own hosts and nowhere else, `most` at most.
   * @throws GifServiceUnavailable
   * @throws GifUnfit
   */
  bytes(url: string, most: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Tells the service which of its GIFs was sent, where it asks to be told.
   * @throws GifServiceUnavailable
   */
  chosen?(id: string, query: string): Promise<void>;
}

/** Bytes of the largest GIF that the node takes. */
export const GIF_BYTES = 8 * 1024 * 1024;

/** How long the node waits for the service, in milliseconds. */
export const GIF_TIMEOUT_MS = 8000;

/**
 * No answer that can be used; the same may succeed later. The message names service and status and is safe to log: it
 * has neither the key nor what was searched for. For that reason there is no `cause`.
 */
export class GifServiceUnavailable extends Error {
  override readonly name = 'GifServiceUnavailable';
}

/** These bytes are not taken: they are elsewhere, or too many. The message is safe to log. */
export class GifUnfit extends Error {
  override readonly name = 'GifUnfit';
}

/** This is no `next` of the service's. */
export class GifCursorUnknown extends Error {
  override readonly name = 'GifCursorUnknown';
}
