import { expect, test } from 'bun:test';
import { pageRoutes } from './page.ts';

const app = pageRoutes();
const page = () => app.request('/');

test('everything the page refers to is on this node, named by its content and kept for good', async () => {
  const html = await (await page()).text();
  const paths = [...html.matchAll(/(?:src|href)="\.?([^"]+)"/g)].map(([, path = '']) => path);
  expect(paths.map((path) => path.split('.').at(-1)).sort()).toEqual(['css', 'js', 'svg']);
  for (const path of paths) {
    const response = await app.request(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await response.text()).not.toBe('');
  }
});

test('types are those that a browser takes under nosniff', async () => {
  const html = await (await page()).text();
  const types: Record<string, string | null> = {};
  for (const [, path = '', kind = ''] of html.matchAll(/(?:src|href)="\.?([^"]+\.(\w+))"/g)) {
    types[kind] = (await app.request(path)).headers.get('content-type');
  }
  expect(types.js).toBe('text/javascript; charset=utf-8');
  expect(types.css).toBe('text/css;charset=utf-8');
  expect(types.svg).toBe('image/svg+xml');
  expect((await page()).headers.get('content-type')).toBe('text/html;charset=utf-8');
});

test('the page runs nothing but its own file, and has no script or style in it', async () => {
  const response = await page();
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  const html = await response.text();
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
});

test('the page is asked for again each time, and sent only if it is another', async () => {
  const response = await page();
  expect(response.headers.get('cache-control')).toContain('must-revalidate');
  const etag = response.headers.get('etag') ?? '';
  expect((await app.request('/', { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('it stays small: what a phone downloads at the first visit', async () => {
  const html = await (await page()).text();
  let bytes = 0;
  for (const [, path = ''] of html.matchAll(/(?:src|href)="\.?([^"]+)"/g)) {
    const packed = await app.request(path, { headers: { 'accept-encoding': 'gzip' } });
    bytes += (await packed.arrayBuffer()).byteLength;
  }
  expect(bytes).toBeLessThan(60_000);
});

test('what is not there is left to others', async () => {
  expect((await app.request('/nothing.js')).status).toBe(404);
});
