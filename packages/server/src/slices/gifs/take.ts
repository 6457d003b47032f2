import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import { reason } from '../../core/log.ts';
import { checkWait, TokenBuckets } from '../../core/rate-limit.ts';
import { Slots } from '../../core/slots.ts';
import { GIF_BYTES, GifUnfit } from '../../ports/gifs.ts';
import { asking, type GifsContext, pictureType } from './context.ts';
import { redeem } from './tickets.ts';

/** GIFs that a person may send at once, and milliseconds in which one more may. */
const TAKEN = { capacity: 10, interval: 3000, keys: 50_000 };
/** GIFs that are fetched at once: each is held in memory whole. */
const FETCHED = { atOnce: 4, waiting: 50 };
/** What a GIF without a title is called. */
const NAMELESS = 'GIF';

const unknown = (): InlayError =>
  new InlayError('not_found', 'There is no such GIF, or it was found too long ago; search again.', {
    field: 'gif',
  });

const unfit = (): InlayError =>
  new InlayError('rejected', 'The service’s GIF cannot be taken; choose another.', { field: 'gif' });

export function take(context: GifsContext): Handler<'gifs.take'> {
  const { service, now, files, logger, key } = context;
  const buckets = new TokenBuckets({ ...TAKEN, now });
  const slots = new Slots(FETCHED);

  async function fetched(url: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      const bytes = await asking(context, service.bytes(url, GIF_BYTES));
      await pictureType(bytes);
      return bytes;
    } catch (error) {
      if (!(error instanceof GifUnfit)) throw error;
      logger.warn('a GIF was not taken', { reason: reason(error) });
      throw unfit();
    }
  }

  return async (caller, { file, gif }) => {
    const ticket = redeem(key, 'take', { text: gif, now: now() });
    if (ticket === undefined || ticket[1] !== caller.app.pk) throw unknown();
    const [, , id, url, title, query] = ticket;
    checkWait(buckets.take(`${caller.app.pk} ${caller.user}`));
    const name = `${title.trim() || NAMELESS}.gif`;
    const stored = await slots.run(() =>
      files.keepFetched(caller, { file, name, bytes: () => fetched(url) }),
    );
    // It is theirs whether or not the service learns of it.
    service.chosen?.(id, query).catch((error: unknown) => {
      logger.info('the service of GIFs was not told of one that was chosen', { reason: reason(error) });
    });
    return { stored };
  };
}
