import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uploads } from './uploads.ts';

const folder = mkdtempSync(join(tmpdir(), 'inlay-uploads-'));
const uploads = new Uploads({ folder, uuid: () => crypto.randomUUID() });
afterAll(() => rmSync(folder, { recursive: true }));

test('a sweep leaves what is worked on, though its upload is old', async () => {
  const key = { app: 1, file: 'old' };
  const bytes = new TextEncoder().encode('bytes');
  await uploads.place(key, bytes);
  utimesSync(uploads.path(key), 0, 0);
  const kept = await uploads.held(key, async (path) => {
    await uploads.clearTemporary(3600_000, Date.now());
    return await Bun.file(path).text();
  });
  expect(kept).toBe('bytes');
});
