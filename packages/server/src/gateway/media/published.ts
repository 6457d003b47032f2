import { PUBLISHED_PATH, publishedPath } from '@inlay-im/protocol';
import { Hono } from 'hono';
import { failed } from '../failed.ts';
import { type DeliveryFiles, gone, SAFE, send } from './delivery.ts';

/** Seconds for which a browser shows an image without asking whether the app still has it. */
const KEPT = 24 * 3600;

/**
 * `GET /published/<file>`: emoji and stickers of an app, for whoever knows the id. They go through the node even where
 * the store has addresses of its own, as pictures of people do.
 */
export function publishedRoutes({ files }: { files: Pick<DeliveryFiles, 'findPublished' | 'blobs'> }): Hono {
  const app = new Hono();
  const blobs = { read: files.blobs.read.bind(files.blobs) };
  app.get('/published/:file', async (c) => {
    const file = c.req.param('file');
    const delivery = PUBLISHED_PATH.test(publishedPath(file)) ? await files.findPublished(file) : undefined;
    if (delivery === undefined) return failed(c, gone(), { ...SAFE, 'Cache-Control': 'no-store' });
    return await send(c, { delivery, seconds: KEPT, blobs });
  });
  return app;
}
