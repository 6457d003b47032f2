import { AVATAR_PATH, AVATAR_SIZES, avatarPath } from '@inlay-im/protocol';
import { type Context, Hono } from 'hono';
import { failed } from '../failed.ts';
import { type DeliveryFiles, gone, SAFE, send } from './delivery.ts';

/** Seconds for which a browser shows a picture without asking whether it still is one. */
const KEPT = 3600;

const sizeOf = (said: string) => AVATAR_SIZES.find((size) => String(size) === said);

/**
 * `GET /avatars/<file>[/<size>]`: pictures of people and conversations, for whoever knows the id, which cannot be
 * guessed. They go through the node even where the store has addresses of its own: one that was given out would be
 * good after the picture was removed.
 */
export function avatarRoutes({ files }: { files: Pick<DeliveryFiles, 'findAvatar' | 'blobs'> }): Hono {
  const app = new Hono();
  const blobs = { read: files.blobs.read.bind(files.blobs) };
  const answer = async (c: Context): Promise<Response> => {
    const file = c.req.param('file') ?? '';
    const size = sizeOf(c.req.param('size') ?? '512');
    const known = size !== undefined && AVATAR_PATH.test(avatarPath(file));
    const delivery = known ? await files.findAvatar(file, size) : undefined;
    if (delivery === undefined) return failed(c, gone(), { ...SAFE, 'Cache-Control': 'no-store' });
    return await send(c, { delivery, seconds: KEPT, blobs });
  };
  for (const path of ['/avatars/:file', '/avatars/:file/:size']) app.get(path, answer);
  return app;
}
