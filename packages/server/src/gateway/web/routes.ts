import { type Context, Hono, type Next } from 'hono';
import { type Logger, reason } from '../../core/log.ts';
import { FOREVER, REVALIDATE, serve } from '../resource.ts';
import { type WebBundles, type WebFiles, webBundles } from './bundles.ts';
import { pagePolicy, WORKER_POLICY } from './policy.ts';

export interface PageOptions {
  logger: Logger;
  /** Default: those of this process. */
  bundles?: WebBundles;
  /** Where files are had from and brought to, beside the node itself. */
  fileOrigins?: readonly string[];
}

const PAGE_HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** The widget is loaded by pages of other origins, its module with CORS; there is nothing secret in it. */
const WIDGET_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** What bundling gives names like `chunk-1a2b3c4d.js`. */
const HASHED = '[\\w.-]+-[0-9a-z]{8}\\.(?:js|css|svg|png|json|woff2)';

/**
 * What people see: `/`, its files, `/sw.js`, `/manifest.webmanifest` and `/icons/`; and `/widget.js` with `/widget/`.
 * They are bundled from their sources when they are first asked for, which takes a part of a second, and kept in
 * memory. Where that fails the log says why, the answer is 500, and the next request tries again.
 */
export function pageRoutes({ logger, bundles = webBundles, fileOrigins }: PageOptions): Hono {
  const app = new Hono();
  const from = (name: keyof WebBundles, headers: Record<string, string>) => {
    return async (c: Context, next: Next): Promise<Response | undefined> => {
      let files: WebFiles;
      try {
        files = await bundles[name]();
      } catch (error) {
        logger.error('files for browsers could not be bundled', { of: name, reason: reason(error) });
        const words = `The node could not bundle its ${name} from the sources; its log says why.`;
        return c.text(words, 500, { 'Cache-Control': 'no-store' });
      }
      const file = files.get(c.req.path);
      if (file === undefined) {
        await next();
        return undefined;
      }
      for (const [header, value] of Object.entries(headers)) c.header(header, value);
      return serve(c, file, file.forever ? FOREVER : REVALIDATE);
    };
  };
  const page = { ...PAGE_HEADERS, 'Content-Security-Policy': pagePolicy(fileOrigins) };
  app.get('/', from('messenger', page));
  app.get('/sw.js', from('messenger', { 'Content-Security-Policy': WORKER_POLICY }));
  app.get('/widget.js', from('widget', WIDGET_HEADERS));
  app.get(`/widget/:file{${HASHED}}`, from('widget', WIDGET_HEADERS));
  for (const path of ['/manifest.webmanifest', '/icons/:file', `/:file{${HASHED}}`]) {
    app.get(path, from('messenger', {}));
  }
  return app;
}
