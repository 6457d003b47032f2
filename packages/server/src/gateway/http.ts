import { InlayError, LIMITS } from '@inlay-im/protocol';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Caller } from '../core/caller.ts';
import { type Logger, reason } from '../core/log.ts';
import type { Credentials } from './authenticate.ts';
import { type Dispatch, toInlayError } from './dispatch.ts';
import { failed } from './failed.ts';
import { parseJson } from './json.ts';
import { type OriginCheck, originRefused } from './origin.ts';

/** What the server adds to a request that came over HTTP. */
export interface HttpEnv {
  Bindings: {
    address: string;
    /** Sets for how many seconds the connection may be silent. */
    patience(seconds: number): void;
  };
}

export interface HttpDeps {
  logger: Logger;
  dispatch: Dispatch;
  /** Who an `Authorization` header and an `Inlay-User` header are of; throws `unauthenticated` and the like. */
  authenticate(credentials: Credentials): Promise<Caller>;
  /** Takes one request from the caller's allowance; throws `rate_limited`. */
  limit(caller: Caller): void;
  /** Whether pages of this origin may call. */
  isAllowedOrigin: OriginCheck;
  /** Whether the node can serve: the database answers. */
  healthy(): Promise<boolean>;
  /** Pages beside the operations: the API's, the messenger. */
  pages: readonly Hono[];
}

const tooLarge = (): InlayError =>
  new InlayError('too_large', `A body has at most ${LIMITS.frameBytes} bytes; make it smaller.`);

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

const brokenBody = (): InlayError => new InlayError('invalid_input', 'Expected a whole body in UTF-8.');

/** The body as text. A body that broke off or is no UTF-8 is the caller's mistake, not the node's. */
async function readText(request: Request): Promise<string> {
  try {
    return UTF8.decode(await request.arrayBuffer());
  } catch {
    throw brokenBody();
  }
}

async function answer(deps: HttpDeps, c: Context<HttpEnv>): Promise<Response> {
  const caller = await deps.authenticate({
    authorization: c.req.header('authorization'),
    actAs: c.req.header('inlay-user'),
    address: c.env.address,
  });
  deps.limit(caller);
  const text = await readText(c.req.raw);
  const output = await deps.dispatch(caller, c.req.param('op') ?? '', text === '' ? {} : parseJson(text));
  return c.json(output as object);
}

/**
 * Pages of other origins: those that are allowed may call and read answers (https://fetch.spec.whatwg.org/#http-cors-protocol),
 * calls of the others are refused before they do anything. Who sends no origin is no page.
 */
function crossOrigin(isAllowed: OriginCheck): MiddlewareHandler<HttpEnv> {
  const handler = cors({
    origin: (origin) => origin,
    allowMethods: ['POST'],
    allowHeaders: ['authorization', 'content-type', 'inlay-user'],
    maxAge: 7200,
  });
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin === undefined || isAllowed(origin, c.req.header('host'))) return await handler(c, next);
    c.header('Vary', 'Origin');
    return failed(c, originRefused(origin));
  };
}

/** The way in over HTTP: `POST /v1/<operation>` with the input as JSON. */
export function createHttp(deps: HttpDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.use('*', async (c, next) => {
    await next();
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
    if (c.req.path.startsWith('/v1/')) c.res.headers.set('Cache-Control', 'no-store');
  });
  app.use('/v1/*', crossOrigin(deps.isAllowedOrigin));
  app.use('/v1/*', bodyLimit({ maxSize: LIMITS.frameBytes, onError: (c) => failed(c, tooLarge()) }));
  app.post('/v1/:op', async (c) => {
    try {
      return await answer(deps, c);
    } catch (thrown) {
      return failed(c, toInlayError(thrown, deps.logger, c.req.param('op')));
    }
  });
  app.get('/health', async (c) => {
    const healthy = await deps.healthy().catch((error: unknown) => {
      deps.logger.warn('health check failed', { reason: reason(error) });
      return false;
    });
    return c.json({ healthy }, healthy ? 200 : 503);
  });
  for (const pages of deps.pages) app.route('/', pages);
  app.notFound((c) => {
    const message = c.req.path.startsWith('/v1/')
      ? 'Operations are called with POST /v1/<operation>; /docs lists them.'
      : 'There is nothing here.';
    return failed(c, new InlayError('not_found', message));
  });
  // A caller who goes away in the middle of a body is no failure of the node.
  app.onError((error, c) =>
    failed(c, c.req.raw.signal.aborted ? brokenBody() : toInlayError(error, deps.logger, c.req.path)),
  );
  return app;
}
