import { describe, expect, test } from 'bun:test';
import { createLogger } from '../../core/log.ts';
import { createBundles, type WebBundles } from './bundles.ts';
import { pageRoutes } from './routes.ts';

const lines: string[] = [];
const logger = createLogger({
  level: 'error',
  format: 'text',
  write: (line) => lines.push(line),
  now: () => 0,
});
const app = pageRoutes({ logger });
const page = () => app.request('/');

/** What the page's own source refers to, by the rest of the tag. */
async function references(tag: RegExp): Promise<string[]> {
  const response = await page();
  expect(response.status).toBe(200);
  const html = await response.text();
  const tags = [...html.matchAll(/<(?:script|link)[^>]*>/g)]
    .map(([each]) => each)
    .filter((each) => tag.test(each));
  return tags.map((each) => /\s(?:src|href)="\.?([^"]+)"/.exec(each)?.[1] ?? '');
}

const HASHED = /rel="stylesheet"|<script/;

/** Names with a hash in them, as a bundle's text refers to its other files. */
const named = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/[\w.-]+-[0-9a-z]{8}\.(?:js|css|svg|png|json|woff2)\b/g)].map(([name]) => name),
  ),
];

describe('the page', () => {
  test('everything it refers to is on this node, named by its content and kept for good', async () => {
    const paths = await references(HASHED);
    expect([...new Set(paths.map((path) => path.split('.').at(-1)))].sort()).toEqual(['css', 'js']);
    for (const path of paths) {
      const response = await app.request(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(await response.text()).not.toBe('');
    }
  });

  test('types are those that a browser takes under nosniff', async () => {
    const types: Record<string, string | null> = {};
    for (const path of await references(HASHED)) {
      types[path.split('.').at(-1) ?? ''] = (await app.request(path)).headers.get('content-type');
    }
    expect(types.js).toBe('text/javascript; charset=utf-8');
    expect(types.css).toBe('text/css;charset=utf-8');
    expect((await page()).headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('it runs nothing but its own files, and has no script or style in it', async () => {
    const response = await page();
    const policy = new Map(
      (response.headers.get('content-security-policy') ?? '').split('; ').map((each) => {
        const [name = '', ...values] = each.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(Object.fromEntries(policy)).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'worker-src': "'self'",
      'manifest-src': "'self'",
      'img-src': "'self' data: blob: https:",
      'media-src': "'self' blob:",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'inlay',
    });
    const elsewhere = pageRoutes({ logger, fileOrigins: ['https://files.example'] });
    const wider = (await elsewhere.request('/')).headers.get('content-security-policy');
    expect(wider).toContain("connect-src 'self' https://files.example;");
    expect(wider).toContain("media-src 'self' blob: https://files.example;");
    expect(wider).toContain("script-src 'self';");
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
  });

  test('it is asked for again each time, and sent only if it is another', async () => {
    const response = await page();
    expect(response.headers.get('cache-control')).toContain('must-revalidate');
    const etag = response.headers.get('etag') ?? '';
    expect((await app.request('/', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('what is not there is left to others', async () => {
    const all = pageRoutes({ logger }).get('/openapi-12345678.json', (c) => c.text('of another'));
    expect(await (await all.request('/openapi-12345678.json')).text()).toBe('of another');
    for (const path of [
      '/nothing.js',
      '/chunk-00000000.js',
      '/icons/nothing.png',
      '/widget/chunk-00000000.js',
    ])
      expect((await app.request(path)).status).toBe(404);
  });
});

describe('the service worker', () => {
  const worker = () => app.request('/sw.js');

  test('it stands at the root, is asked for again each time, and talks to this node alone', async () => {
    const { status, headers } = await worker();
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).toContain('must-revalidate');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'");
  });

  test('the files it lists are served, and those of the page are among them', async () => {
    const names = named(await (await worker()).text());
    for (const path of await references(HASHED)) expect(names).toContain(path.slice(1));
    for (const name of names) expect((await app.request(`/${name}`)).status).toBe(200);
  });

  test('no name is left for the browser to look up', async () => {
    const code = await (await worker()).text();
    expect(code).toContain('inlay-files-');
    expect(code).not.toContain('__INLAY');
  });
});

describe('installing', () => {
  interface Icon {
    src: string;
    sizes: string;
    type: string;
    purpose?: string;
  }

  /** Width and height as a PNG's header says (https://www.w3.org/TR/png/#11IHDR). */
  async function sizeOf(response: Response): Promise<string> {
    const header = new DataView(await response.arrayBuffer());
    expect(header.getUint32(0)).toBe(0x89504e47);
    return `${header.getUint32(16)}x${header.getUint32(20)}`;
  }

  test('the page names the manifest, which names the app', async () => {
    const [path = ''] = await references(/rel="manifest"/);
    const response = await app.request(path);
    expect(path).toBe('/manifest.webmanifest');
    expect(response.headers.get('content-type')).toBe('application/manifest+json');
    expect(response.headers.get('cache-control')).toContain('must-revalidate');
    expect(await response.json()).toMatchObject({
      id: '/',
      start_url: '/',
      display: 'standalone',
      lang: 'en',
    });
  });

  test('icons are served with the types and sizes that the manifest says', async () => {
    const { icons } = (await (await app.request('/manifest.webmanifest')).json()) as { icons: Icon[] };
    expect(icons.map(({ sizes, purpose }) => purpose ?? sizes).sort()).toEqual([
      '192x192',
      '512x512',
      'any',
      'maskable',
    ]);
    for (const { src, sizes, type } of icons) {
      const response = await app.request(src);
      expect([src, response.status, response.headers.get('content-type')]).toEqual([src, 200, type]);
      if (type === 'image/png') expect(await sizeOf(response)).toBe(sizes);
    }
  });

  test('iPhones find an icon that they can cut', async () => {
    const [path = ''] = await references(/rel="apple-touch-icon"/);
    expect(await sizeOf(await app.request(path))).toBe('180x180');
  });
});

describe('the widget', () => {
  test('pages of other origins may load the loader, which is asked for again each time', async () => {
    const { status, headers } = await app.request('/widget.js');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).toContain('must-revalidate');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  test('the loader is one classic script, which names the module', async () => {
    const code = await (await app.request('/widget.js')).text();
    expect(code).not.toContain('__INLAY');
    expect(new Bun.Transpiler({ loader: 'js' }).scan(code).exports).toEqual([]);
    const [name = ''] = named(code);
    expect(name).toStartWith('widget-');
    const { status, headers } = await app.request(`/widget/${name}`);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toContain('immutable');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  test('a copy that is still good is confirmed to other origins too', async () => {
    const etag = (await app.request('/widget.js')).headers.get('etag') ?? '';
    const again = await app.request('/widget.js', { headers: { 'if-none-match': etag } });
    expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, '*']);
  });
});

describe('bundling', () => {
  const file = { path: '/', type: 'text/html', body: new TextEncoder().encode('page'), forever: false };

  /** Bundling that fails as often as told, and how often it was asked. */
  function counted(failures: number): { bundles: WebBundles; calls: () => number } {
    let calls = 0;
    const messenger = async () => {
      calls += 1;
      if (calls <= failures) throw new Error('src/main.tsx:7 Could not resolve: "./gone.ts"');
      return [file];
    };
    return { bundles: createBundles({ messenger, widget: async () => [] }), calls: () => calls };
  }

  test('first requests that come together share it', async () => {
    const { bundles, calls } = counted(0);
    const routes = pageRoutes({ logger, bundles });
    const all = await Promise.all(Array.from({ length: 5 }, () => routes.request('/')));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(calls()).toBe(1);
  });

  test('a failure is logged with its place, answered with 500, and tried again', async () => {
    const routes = pageRoutes({ logger, bundles: counted(1).bundles });
    lines.length = 0;
    const failed = await routes.request('/');
    expect(failed.status).toBe(500);
    expect(failed.headers.get('cache-control')).toBe('no-store');
    expect(await failed.text()).toBe(
      'The node could not bundle its messenger from the sources; its log says why.',
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('src/main.tsx:7');
    expect((await routes.request('/')).status).toBe(200);
  });
});
