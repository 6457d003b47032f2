import { describe, expect, test } from 'bun:test';
import { OPERATIONS } from '@inlay-im/protocol';
import { docsRoutes } from './docs.ts';

const app = docsRoutes();
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

/** What the page refers to, in `src` and `href`. */
async function references(): Promise<string[]> {
  const html = await (await get('/docs')).text();
  return [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
}

describe('the documents', () => {
  test('openapi.json names the operations', async () => {
    const response = await get('/openapi.json');
    expect(response.headers.get('content-type')).toBe('application/json');
    const document = (await response.json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.1');
    expect(Object.keys(document.paths)).toContain('/v1/messages.send');
  });

  test('asyncapi.json names all operations', async () => {
    const document = (await (await get('/asyncapi.json')).json()) as { operations: object };
    const described = new Set(Object.keys(document.operations));
    expect(Object.keys(OPERATIONS).filter((name) => !described.has(name))).toEqual([]);
  });

  test('are not sent again to someone who has them', async () => {
    const first = await get('/openapi.json');
    const etag = first.headers.get('etag') ?? '';
    const second = await get('/openapi.json', { 'if-none-match': etag });
    expect(etag).not.toBe('');
    expect([second.status, await second.text()]).toEqual([304, '']);
    expect((await get('/openapi.json', { 'if-none-match': '"another"' })).status).toBe(200);
  });

  test('are compressed for those who take it', async () => {
    const plain = await (await get('/openapi.json')).bytes();
    const packed = await get('/openapi.json', { 'accept-encoding': 'br, gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(Bun.gunzipSync(await packed.bytes())).toEqual(plain);
  });
});

describe('the page', () => {
  test('refers to this node alone, and everything it refers to is there', async () => {
    const paths = await references();
    expect(paths.length).toBeGreaterThanOrEqual(4);
    for (const path of paths) {
      expect(path).toStartWith('/');
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect((await response.bytes()).length).toBeGreaterThan(0);
    }
  });

  test('runs no inline script and no text as code', async () => {
    const response = await get('/docs');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toStartWith("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(await response.text()).not.toMatch(/<script>|<style|style=|onload=/);
  });

  test('keeps its assets for good, as their path has their version', async () => {
    const path = (await references()).find((reference) => reference.endsWith('.css')) ?? '';
    expect(path).toMatch(/\/\d+\.\d+\.\d+\//);
    const response = await get(path);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  test('serves no other file of the package', async () => {
    const path = (await references()).find((reference) => reference.endsWith('.css')) ?? '';
    for (const other of ['package.json', 'swagger-ui.js', '..%2fpackage.json', '../package.json']) {
      expect((await get(path.replace('swagger-ui.css', other))).status).toBe(404);
    }
  });
});
