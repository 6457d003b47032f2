import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { FOREVER, once, REVALIDATE, type Resource, resource, serve } from './resource.ts';

const ENTRY = fileURLToPath(new URL('../../../../apps/messenger/src/index.html', import.meta.url));

/** The page talks to its own node alone, and runs nothing but its own file. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The files of the web page by name. The names carry a hash of the content, but for that of the page itself. */
export type Files = ReadonlyMap<string, Resource>;

async function bundle(): Promise<Files> {
  const { outputs } = await Bun.build({ entrypoints: [ENTRY], minify: true, target: 'browser' });
  const files = outputs.map(async (output) => {
    const type = output.type.startsWith('text/javascript') ? 'text/javascript; charset=utf-8' : output.type;
    return [basename(output.path), resource(type, new Uint8Array(await output.arrayBuffer()))] as const;
  });
  return new Map(await Promise.all(files));
}

/**
 * The web page to talk on: `/` and what it refers to. It is bundled from its sources when it is first asked for,
 * which takes a tenth of a second, and kept in memory.
 */
export function pageRoutes(): Hono {
  const app = new Hono();
  const files = once(bundle);
  app.get('/', async (c) => {
    const page = (await files()).get('index.html');
    if (page === undefined) return c.notFound();
    c.header('Content-Security-Policy', POLICY);
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    return serve(c, page, REVALIDATE);
  });
  app.get('/:file{[\\w-]+\\.(?:js|css|svg)}', async (c) => {
    const file = (await files()).get(c.req.param('file'));
    return file === undefined ? c.notFound() : serve(c, file, FOREVER);
  });
  return app;
}
