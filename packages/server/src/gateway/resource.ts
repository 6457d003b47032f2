import type { Context } from 'hono';

/** For a path that names its content, so that a copy never gets old. */
export const FOREVER = 'public, max-age=31536000, immutable';
export const REVALIDATE = 'public, max-age=0, must-revalidate';

/** Bytes that a browser may keep as long as it likes, if it asks whether they are still the same. */
export interface Resource {
  type: string;
  body: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
  etag: string;
}

export function resource(type: string, body: Uint8Array<ArrayBuffer>): Resource {
  const etag = `"${new Bun.CryptoHasher('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { type, body, gzip: Bun.gzipSync(body, { level: 9 }), etag };
}

export const text = (type: string, body: string): Resource => resource(type, new TextEncoder().encode(body));

/** Calls `make` once, when it is first needed; a call that failed is made again the next time. */
export function once<T>(make: () => T | Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= Promise.resolve()
      .then(make)
      .catch((error: unknown) => {
        made = undefined;
        throw error;
      });
    return made;
  };
}

export function serve(c: Context, { type, body, gzip, etag }: Resource, cacheControl: string): Response {
  const headers: Record<string, string> = {
    'Cache-Control': cacheControl,
    ETag: etag,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
  };
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
  headers['Content-Type'] = type;
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(body, 200, headers);
  headers['Content-Encoding'] = 'gzip';
  return c.body(gzip, 200, headers);
}
