import { Hono } from 'hono';
import type { Logger } from '../../core/log.ts';
import type { Gifs } from '../../slices/gifs/index.ts';
import { toInlayError } from '../dispatch.ts';
import { failed } from '../failed.ts';
import { SAFE } from './delivery.ts';

export interface GifRoutesDeps {
  gifs: Pick<Gifs, 'preview'>;
  logger: Logger;
  now: () => number;
}

/**
 * `GET /media/gifs/<ticket>`: a preview of a GIF, under an address that `gifs.search` gave. The node fetches it, so that
 * the service learns nothing of who looks at it.
 */
export function gifRoutes({ gifs, logger, now }: GifRoutesDeps): Hono {
  const app = new Hono();
  app.get('/media/gifs/:ticket', async (c) => {
    try {
      const { bytes, type, expiresAt } = await gifs.preview(c.req.param('ticket'));
      const seconds = Math.max(1, Math.floor((expiresAt - now()) / 1000));
      return c.body(bytes, 200, {
        ...SAFE,
        'Content-Type': type,
        'Cache-Control': `private, max-age=${seconds}, immutable`,
      });
    } catch (thrown) {
      return failed(c, toInlayError(thrown, logger, 'preview of a GIF'), {
        ...SAFE,
        'Cache-Control': 'no-store',
      });
    }
  });
  return app;
}
