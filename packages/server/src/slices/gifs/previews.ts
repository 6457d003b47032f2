import { InlayError } from '@inlay-im/protocol';
import { LRUCache } from 'lru-cache';
import { reason } from '../../core/log.ts';
import { Slots } from '../../core/slots.ts';
import { GifUnfit } from '../../ports/gifs.ts';
import { asking, type GifsContext, pictureType } from './context.ts';
import { redeem } from './tickets.ts';

/** Bytes of one preview. */
const MOST = 2 * 1024 * 1024;
/** Bytes of previews that are remembered together. */
const KEPT = 32 * 1024 * 1024;
const FETCHED = { atOnce: 8, waiting: 200 };

/** What is to be sent of a preview. */
export interface Preview {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** By its first bytes, whatever the service says. */
  readonly type: string;
}

const unfit = (): InlayError => new InlayError('rejected', 'The service’s picture cannot be shown.');

/** Fetches previews of the service, each once for all who look at it within a while. */
export function previews(context: GifsContext) {
  const { service, now, key, logger } = context;
  const slots = new Slots(FETCHED);
  const kept = new LRUCache<string, Preview>({ maxSize: KEPT, sizeCalculation: ({ bytes }) => bytes.length });
  const coming = new Map<string, Promise<Preview>>();

  async function fetched(url: string): Promise<Preview> {
    try {
      const bytes = await asking(
        context,
        slots.run(() => service.bytes(url, MOST)),
      );
      const type = await pictureType(bytes);
      kept.set(url, { bytes, type });
      return { bytes, type };
    } catch (error) {
      if (!(error instanceof GifUnfit)) throw error;
      logger.warn('a preview of a GIF is not shown', { reason: reason(error) });
      throw unfit();
    }
  }

  function get(url: string): Promise<Preview> {
    const begun = coming.get(url);
    if (begun !== undefined) return begun;
    const fetching = fetched(url).finally(() => coming.delete(url));
    coming.set(url, fetching);
    return fetching;
  }

  /** The preview behind an address; throws `forbidden` for one that was not made here, or is past its time. */
  return async (ticket: string): Promise<Preview & { expiresAt: number }> => {
    const redeemed = redeem(key, 'preview', { text: ticket, now: now() });
    if (redeemed === undefined) {
      throw new InlayError('forbidden', 'This address is past its time or was not made here; search again.');
    }
    const [expiresAt, url] = redeemed;
    return { ...(kept.get(url) ?? (await get(url))), expiresAt };
  };
}
