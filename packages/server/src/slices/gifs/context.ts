import { InlayError } from '@inlay-im/protocol';
import { type Logger, reason } from '../../core/log.ts';
import type { OnceAMinute } from '../../core/once-a-minute.ts';
import { type GifService, GifServiceUnavailable, GifUnfit } from '../../ports/gifs.ts';
import { type Files, HEAD, typeOf } from '../files/index.ts';

/** What the operations of GIFs share. */
export interface GifsContext {
  service: GifService;
  now: () => number;
  logger: Logger;
  files: Pick<Files, 'keepFetched'>;
  /** What was logged lately: pages of previews fail together. */
  logged: OnceAMinute;
  /** Signs tickets. */
  key: Uint8Array;
  /** Goes before the path of an address; empty: the node itself. */
  origin: string;
}

/** Milliseconds after which someone whom the service failed may ask again. */
const RETRY_AFTER = 5000;

/** Asks the service; that it fails is logged, and told as something that goes by. */
export async function asking<T>({ logger, logged, now }: GifsContext, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof GifServiceUnavailable)) throw error;
    const why = reason(error);
    if (logged.due(why, now())) logger.warn('the service of GIFs failed', { reason: why });
    throw new InlayError('busy', 'The service of GIFs does not answer; try again.', {
      retryAfter: RETRY_AFTER,
    });
  }
}

const PICTURES: ReadonlySet<string> = new Set(['image/gif', 'image/webp', 'image/png', 'image/jpeg']);

/** What bytes of the service are by their first ones, whatever it says. Throws GifUnfit for what is no picture. */
export async function pictureType(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const type = await typeOf(bytes.subarray(0, HEAD));
  if (!PICTURES.has(type)) throw new GifUnfit(`it is ${type}`);
  return type;
}
