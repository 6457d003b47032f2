import { InlayError } from '@inlay-im/protocol';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Caller, UserCaller } from '../../core/caller.ts';
import type { Logger } from '../../core/log.ts';
import type { Credentials } from '../authenticate.ts';
import { toInlayError } from '../dispatch.ts';
import { failed } from '../failed.ts';
import { type OriginCheck, originRefused } from '../origin.ts';
import { type DeliveryFiles, deliveryRoutes } from './delivery.ts';
import { tusUploads, type UploadFiles } from './uploads.ts';

export interface MediaDeps {
  files: DeliveryFiles & UploadFiles;
  authenticate(credentials: Credentials): Promise<Caller>;
  isAllowedOrigin: OriginCheck;
  logger: Logger;
  now: () => number;
}

const FILE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TUS_HEADERS = [
  'Tus-Resumable',
  'Upload-Offset',
  'Upload-Length',
  'Tus-Version',
  'Tus-Extension',
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

/** `/media/uploads/<file>`: bytes on their way to the node. */
function uploadRoutes(deps: MediaDeps): Hono<{ Bindings: { address: string } }> {
  const { files, authenticate, isAllowedOrigin, logger } = deps;
  const uploads = tusUploads(files);
  const app = new Hono<{ Bindings: { address: string } }>();
  const share = cors({
    origin: (origin) => origin,
    allowMethods: ['PATCH', 'HEAD', 'DELETE'],
    allowHeaders: [
      'authorization',
      'content-type',
      'inlay-user',
      'tus-resumable',
      'upload-offset',
      'upload-length',
    ],
    exposeHeaders: TUS_HEADERS,
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
    return isQuestion ? await next() : await share(c, next);
  });
  // The router hands HEAD to those who answer GET.
  app.on(['PATCH', 'GET', 'DELETE'], '/media/uploads/:file', async (c, next) => {
    if (c.req.method === 'GET') return await next();
    try {
      const caller = asPerson(
        await authenticate({
          authorization: c.req.header('authorization'),
          actAs: c.req.header('inlay-user'),
          address: c.env.address,
        }),
      );
      const file = c.req.param('file');
      if (!FILE.test(file)) throw new InlayError('not_found', 'That is no id of a file.');
      return await uploads.handle(c.req.raw, caller, file);
    } catch (thrown) {
      return failed(c, toInlayError(thrown, logger, 'media upload'), { 'Cache-Control': 'no-store' });
    }
  });
  app.options('/media/uploads/*', (c) => uploads.options(c.req.raw));
  app.all('/media/uploads/*', (c: Context) => {
    c.header('Allow', 'PATCH, HEAD, DELETE, OPTIONS');
    return c.text('Uploads begin with the operation files.create.\n', 405);
  });
  return app;
}

/** Everything below `/media/`. */
export function mediaRoutes(deps: MediaDeps): Hono {
  const app = new Hono();
  app.route('/', uploadRoutes(deps) as unknown as Hono);
  app.route('/', deliveryRoutes(deps));
  return app;
}
