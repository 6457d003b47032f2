import { asyncapi, openapi } from '@inlay-im/protocol/spec';
import { Hono } from 'hono';
import swaggerUi from 'swagger-ui-dist/package.json' with { type: 'json' };
import { FOREVER, once, REVALIDATE, type Resource, resource, serve, text } from './resource.ts';

const ASSETS = `/docs/assets/${swaggerUi.version}`;

/** The page loads nothing from elsewhere and runs no text as code; what it tries out goes to this node alone. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inlay API</title>
<link rel="icon" type="image/png" href="${ASSETS}/favicon-32x32.png">
<link rel="stylesheet" href="${ASSETS}/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<noscript>This page needs JavaScript. The same is in <a href="/openapi.json">openapi.json</a>.</noscript>
<script src="${ASSETS}/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** `validatorUrl: null` keeps Swagger UI from sending the document to a validator on the internet. */
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  validatorUrl: null,
});
`;

const json = (value: object): Resource => text('application/json', JSON.stringify(value));

const FILES: Record<string, string> = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

async function asset(name: string, type: string): Promise<Resource> {
  const file = Bun.file(new URL(import.meta.resolve(`swagger-ui-dist/${name}`)));
  return resource(type, await file.bytes());
}

/**
 * The API documents and a page to read them and try operations out: `/openapi.json`, `/asyncapi.json`, `/docs`. All of
 * it is public, as the sources are. Each is made on first use, compressed once, and kept.
 */
export function docsRoutes(): Hono {
  const app = new Hono();
  const documents: Record<string, () => Promise<Resource>> = {
    '/openapi.json': once(() => json(openapi())),
    '/asyncapi.json': once(() => json(asyncapi())),
    '/docs/start.js': once(() => text('text/javascript; charset=utf-8', START)),
  };
  for (const [path, get] of Object.entries(documents)) {
    app.get(path, async (c) => serve(c, await get(), REVALIDATE));
  }
  const page = once(() => text('text/html; charset=utf-8', PAGE));
  app.get('/docs', async (c) => {
    c.header('Content-Security-Policy', POLICY);
    c.header('Referrer-Policy', 'no-referrer');
    return serve(c, await page(), REVALIDATE);
  });
  app.get('/docs/', (c) => c.redirect('/docs', 301));
  for (const [name, type] of Object.entries(FILES)) {
    const get = once(() => asset(name, type));
    app.get(`${ASSETS}/${name}`, async (c) => serve(c, await get(), FOREVER));
  }
  return app;
}
