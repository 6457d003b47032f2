import { InlayError } from '@inlay-im/protocol';
import { type Context, Hono } from 'hono';
import { type BlobKey, BlobMissing, type BlobStore, type ByteRange } from '../../ports/blobs.ts';
import type { Delivery, Files } from '../../slices/files/index.ts';
import { failed } from '../failed.ts';
import { disposition, rangeOf } from './headers.ts';

export type DeliveryFiles = Pick<Files, 'check' | 'find' | 'findAvatar' | 'findPublished' | 'blobs'>;

export interface DeliveryDeps {
  files: DeliveryFiles;
  now: () => number;
}

/**
 * Whatever the bytes are, they run nothing: even opened as a page of their own, they are in an empty sandbox. Pages of
 * other origins may show and read them, as whoever holds the address may.
 */
export const SAFE = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Disposition, Content-Length, Content-Range, ETag',
  'Referrer-Policy': 'no-referrer',
};
/** Seconds for which the whole may stand for a step that is being made. */
const PROVISIONAL = 10;

export const gone = (): InlayError => new InlayError('not_found', 'This file is gone, or was taken back.');

const WHY = {
  expired: 'This address is past its time; ask files.urls for a new one.',
  altered: 'This address was not made by this node; ask files.urls for one.',
};

/** For a browser, never for a cache that others use. */
function caching(final: boolean, seconds: number): string {
  return final
    ? `private, max-age=${seconds}, immutable`
    : `private, max-age=${Math.min(PROVISIONAL, seconds)}`;
}

async function bytes(blobs: Pick<BlobStore, 'read'>, key: BlobKey, range: ByteRange | undefined) {
  try {
    return await blobs.read(key, range);
  } catch (error) {
    if (error instanceof BlobMissing) throw gone();
    throw error;
  }
}

interface Sending {
  delivery: Delivery;
  /** For how long a browser may keep them. */
  seconds: number;
  /** Where it has addresses of its own, bytes are had there. */
  blobs: Pick<BlobStore, 'read' | 'address'>;
}

/** Sends bytes as RFC 9110 has it: all, a range, or only that the copy of the browser is still good. */
export async function send(c: Context, { delivery, seconds, blobs }: Sending): Promise<Response> {
  const { key, size, type, name, inline, final } = delivery;
  const etag = `"${key.hash}"`;
  const how = inline && c.req.query('download') === undefined ? 'inline' : 'attachment';
  const headers: Record<string, string> = { ...SAFE, ETag: etag, 'Cache-Control': caching(final, seconds) };
  if (
    c.req
      .header('if-none-match')
      ?.split(/\s*,\s*/)
      .includes(etag)
  )
    return c.body(null, 304, headers);
  Object.assign(headers, {
    'Accept-Ranges': 'bytes',
    'Content-Type': type,
    'Content-Disposition': disposition(how, name),
  });
  if (blobs.address !== undefined) {
    const told = {
      type,
      disposition: headers['Content-Disposition'] ?? '',
      cacheControl: headers['Cache-Control'] ?? '',
    };
    const to = await blobs.address(key, seconds, told);
    return c.body(null, 302, { ...SAFE, 'Cache-Control': headers['Cache-Control'] ?? '', Location: to });
  }
  const isSame = [undefined, etag].includes(c.req.header('if-range'));
  const range = isSame ? rangeOf(c.req.header('range'), size) : undefined;
  if (range === null) return c.body(null, 416, { ...SAFE, 'Content-Range': `bytes */${size}` });
  const { start, end } = range ?? { start: 0, end: size };
  headers['Content-Length'] = String(end - start);
  if (range !== undefined) headers['Content-Range'] = `bytes ${start}-${end - 1}/${size}`;
  const status = range === undefined ? 200 : 206;
  const body = c.req.method === 'HEAD' ? null : await bytes(blobs, key, range);
  return new Response(body, { status, headers });
}

/** `GET /media/<app>/<file>[/<width>]` under an address that `files.urls` signed. */
export function deliveryRoutes({ files, now }: DeliveryDeps): Hono {
  const app = new Hono();
  const answer = async (c: Context): Promise<Response> => {
    const checked = files.check(new URL(c.req.url));
    if (checked.state !== 'good') return failed(c, new InlayError('forbidden', WHY[checked.state]), SAFE);
    const delivery = await files.find(checked.what);
    if (delivery === undefined) return failed(c, gone(), SAFE);
    const seconds = Math.max(1, Math.floor((checked.expiresAt - now()) / 1000));
    return await send(c, { delivery, seconds, blobs: files.blobs });
  };
  for (const path of ['/media/:app{\\d+}/:file', '/media/:app{\\d+}/:file/:width']) app.get(path, answer);
  return app;
}
