import { InlayError } from '@inlay-im/protocol';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Caller, UserCaller } from '../../core/caller.ts';
import type { Credentials } from '../authenticate.ts';
import { toInlayError } from '../dispatch.ts';
import { failed } from '../failed.ts';
import type { HttpEnv } from '../http.ts';
import { type OriginCheck, originRefused } from '../origin.ts';
import { avatarRoutes } from './avatars.ts';
import { type DeliveryFiles, deliveryRoutes } from './delivery.ts';
import { type GifRoutesDeps, gifRoutes } from './gifs.ts';
import { publishedRoutes } from './published.ts';
import { abilities, tusUploads, type UploadFiles } from './tus.ts';

export interface MediaDeps extends GifRoutesDeps {
  files: DeliveryFiles & UploadFiles;
  authenticate(credentials: Credentials): Promise<Caller>;
  isAllowedOrigin: OriginCheck;
}

const FILE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const METHODS: ReadonlySet<string> = new Set(['PATCH', 'HEAD', 'DELETE']);
const ALLOWED_HEADERS = [
  ...['authorization', 'content-type', 'inlay-user', 'tus-resumable', 'upload-offset', 'upload-length'],
  'x-http-method-override',
];
const EXPOSED_HEADERS = [
  ...['Tus-Resumable', 'Tus-Version', 'Tus-Extension', 'Tus-Max-Size', 'Upload-Offset', 'Upload-Length'],
  'Retry-After',
];

/** A person, or a backend that may write files in a person's name. */
function asPerson(caller: Caller): UserCaller {
  if (caller.scopes !== null && !caller.scopes.includes('files:write')) {
    throw new InlayError('forbidden', 'This key does not have the scope files:write.');
  }
  if (caller.user === null) {
    throw new InlayError('unauthenticated', 'Sign in first: this needs a valid access token.');
  }
  return { ...caller, user: caller.user };
}

/** The method that is meant: old clients and proxies know no PATCH, and say it in a header (tus, X-HTTP-Method-Override). */
function methodOf({ method, headers }: Request): string {
  return (method === 'POST' ? headers.get('x-http-method-override') : null) ?? method;
}

/** `/media/uploads/<file>`: bytes on their way to the node. */
function uploadRoutes(deps: MediaDeps): Hono<HttpEnv> {
  const { files, authenticate, isAllowedOrigin, logger } = deps;
  const handle = tusUploads(files);
  const app = new Hono<HttpEnv>();
  const share = cors({
    origin: (origin) => origin,
    allowMethods: ['PATCH', 'HEAD', 'DELETE', 'POST'],
    allowHeaders: ALLOWED_HEADERS,
    exposeHeaders: EXPOSED_HEADERS,
    maxAge: 7200,
  });
  app.use('/media/uploads/*', async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && !isAllowedOrigin(origin, c.req.header('host'))) {
      c.header('Vary', 'Origin');
      return failed(c, originRefused(origin));
    }
    // Without a preflight's header, OPTIONS asks the node what it can do.
    const isQuestion = c.req.method === 'OPTIONS' && !c.req.header('access-control-request-method');
    return isQuestion ? abilities() : await share(c, next);
  });
  // The router hands HEAD to those who answer GET.
  app.on(['PATCH', 'GET', 'DELETE', 'POST'], '/media/uploads/:file', async (c, next) => {
    const method = methodOf(c.req.raw);
    if (!METHODS.has(method)) return await next();
    try {
      const { authorization, 'inlay-user': actAs } = c.req.header();
      const caller = asPerson(await authenticate({ authorization, actAs, address: c.env.address }));
      const file = c.req.param('file');
      if (!FILE.test(file)) throw new InlayError('not_found', 'That is no id of a file.');
      return await handle({ request: c.req.raw, method, caller, file, patience: c.env.patience });
    } catch (thrown) {
      // Who went away in the middle goes on later.
      if (c.req.raw.signal.aborted) return c.body(null, 400);
      return failed(c, toInlayError(thrown, logger, 'media upload'), { 'Cache-Control': 'no-store' });
    }
  });
  app.all('/media/uploads/*', (c) =>
    c.text('Uploads begin with the operation files.create.\n', 405, {
      Allow: 'PATCH, HEAD, DELETE, OPTIONS',
    }),
  );
  return app;
}

/** Everything below `/media/`, `/avatars/` and `/published/`. */
export function mediaRoutes(deps: MediaDeps): Hono {
  const app = new Hono();
  app.route('/', uploadRoutes(deps) as unknown as Hono);
  app.route('/', deliveryRoutes(deps));
  app.route('/', avatarRoutes(deps));
  app.route('/', publishedRoutes(deps));
  app.route('/', gifRoutes(deps));
  return app;
}
