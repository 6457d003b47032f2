import { expect, test } from 'bun:test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserCaller } from '../../core/caller.ts';
import { Uploads } from '../../slices/files/uploads.ts';
import { tusUploads } from './tus.ts';

const folder = mkdtempSync(join(tmpdir(), 'inlay-tus-'));
const uploads = new Uploads({ folder, uuid: () => crypto.randomUUID() });
const key = { app: 1, file: 'f' };
const caller = { app: { pk: 1 }, user: 'ann' } as UserCaller;

function patch(body: ReadableStream<Uint8Array> | string, length: number): Request {
  const headers = {
    ...{ 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-length': String(length) },
    'content-type': 'application/offset+octet-stream',
  };
  return new Request('http://x/', { method: 'PATCH', headers, body });
}

test('who waited for another request brings no more than is declared by then', async () => {
  const sizes = [1000, 1000, 10];
  const handle = tusUploads({
    uploads,
    underWay: async () => ({ key, size: sizes.shift() ?? 0 }),
    drop: async () => undefined,
  });
  const held = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>();
  const body = new ReadableStream<Uint8Array>({ start: (controller) => held.resolve(controller) });
  const shared = { method: 'PATCH', caller, file: key.file };
  const first = handle({ ...shared, request: patch(body, 900), patience: () => undefined });
  const waits = handle({
    ...shared,
    request: patch('x'.repeat(900), 900),
    patience: () => undefined,
  });
  // The first is told to hurry once the second waits.
  (await held.promise).close();
  expect((await first).status).toBe(204);
  expect((await waits).status).toBe(413);
  expect(await uploads.size(key)).toBe(0);
});
