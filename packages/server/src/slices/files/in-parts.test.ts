import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { s3StandIn } from '../../adapters/blobs-s3/stand-in.ts';
import { media } from '../../testing/files.ts';
import { photo } from '../../testing/images.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, otherApp } from '../../testing/scene.ts';
import { ownUrl, uploaded } from '../../testing/uploads.ts';

const s3 = s3StandIn();
const env = (direct: 'yes' | 'no') => ({
  INLAY_BLOBS: 's3',
  INLAY_S3_ENDPOINT: s3.config.endpoint,
  INLAY_S3_BUCKET: s3.config.bucket,
  INLAY_S3_REGION: s3.config.region,
  INLAY_S3_ACCESS_KEY_ID: s3.config.accessKeyId,
  INLAY_S3_SECRET_ACCESS_KEY: s3.config.secretAccessKey,
  INLAY_S3_DIRECT: direct,
});
let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({ env: env('yes') });
});
afterAll(async () => {
  await node.stop();
  s3.close();
});

type Bytes = Uint8Array<ArrayBuffer>;
const some = (length: number): Bytes => new Uint8Array(randomBytes(length));

/** Brings parts of a file to the store, as a browser does. */
async function put(file: string, bytes: Bytes, o: { size: number; numbers: number[] }): Promise<void> {
  const { parts } = await node.as('ann', 'files.parts', { file, numbers: o.numbers });
  for (const { number, url } of parts) {
    const body = bytes.subarray((number - 1) * o.size, number * o.size);
    expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
  }
}

async function begun(bytes: Bytes, over: { kind?: 'image' | 'file'; name?: string } = {}) {
  const file = Bun.randomUUIDv7();
  const input = { file, kind: 'file' as const, name: 'x', size: bytes.length, ...over };
  const create = () => node.as('ann', 'files.create', input);
  const { upload } = await create();
  if (upload?.by !== 'parts') throw new Error('expected an upload in parts');
  return { file, create, size: upload.partSize, have: upload.have };
}

describe('an upload in parts', () => {
  test('goes past the node to the store, goes on where it stopped, and comes back from there', async () => {
    const bytes = some(2 * 8 * 1024 * 1024 + 1000);
    const { file, create, size, have } = await begun(bytes);
    expect(have).toEqual([]);
    await put(file, bytes, { size, numbers: [1, 3] });
    expect((await create()).upload).toMatchObject({ by: 'parts', have: [1, 3] });
    expect(await codeOf(node.as('ann', 'files.finish', { file }))).toBe('conflict');
    await put(file, bytes, { size, numbers: [2] });
    const { stored } = await node.as('ann', 'files.finish', { file });
    expect(stored).toMatchObject({ size: bytes.length, kind: 'file' });
    expect((await create()).upload).toBeNull();
    const url = await ownUrl(node, 'ann', file);
    const there = await fetch(url, { redirect: 'manual' });
    expect(there.status).toBe(302);
    expect(there.headers.get('location')).toStartWith(s3.config.endpoint);
    const answer = await fetch(url);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="x"; filename*=UTF-8''x`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(await answer.bytes()).equals(bytes)).toBe(true);
  });

  test('an image is made anew on its way', async () => {
    const bytes = await photo(800, 600);
    const { file, size } = await begun(bytes, { kind: 'image', name: 'x.jpg' });
    await put(file, bytes, { size, numbers: [1] });
    const { stored } = await node.as('ann', 'files.finish', { file });
    expect(stored).toMatchObject({ kind: 'image', width: 600, height: 800, type: 'image/jpeg' });
    const got = Buffer.from(await (await fetch(await ownUrl(node, 'ann', file))).bytes());
    expect(got.includes('Traceable')).toBe(false);
    const { addresses } = await node.as('ann', 'files.urls', { files: [file] });
    const step = `${node.url}${addresses[0]?.steps[0]?.url}`;
    let answer = await fetch(step);
    while (answer.headers.get('content-type') !== 'image/webp') answer = await fetch(step);
    expect((await answer.bytes()).length).toBeGreaterThan(0);
  });

  test('more bytes than were declared are not taken', async () => {
    const bytes = some(1000);
    const { file, size } = await begun(bytes.subarray(0, 500));
    const { parts } = await node.as('ann', 'files.parts', { file, numbers: [1] });
    expect((await fetch(parts[0]?.url ?? '', { method: 'PUT', body: bytes })).status).toBe(403);
    expect(await codeOf(node.as('ann', 'files.finish', { file }))).toBe('conflict');
    await put(file, bytes.subarray(0, 500), { size, numbers: [1] });
    expect((await node.as('ann', 'files.finish', { file })).stored.size).toBe(500);
  });

  test('is for the one who began it, and for parts that it has', async () => {
    const { file } = await begun(some(10));
    const parts = (user: string, numbers: number[]) =>
      codeOf(node.as(user, 'files.parts', { file, numbers }));
    expect(await parts('bob', [1])).toBe('not_found');
    expect(await parts('ann', [2])).toBe('invalid_input');
    const app = await otherApp(node, 'parts.other');
    const { accessToken } = await node.signIn('ann', app);
    const headers = { authorization: `Bearer ${accessToken}` };
    expect(await codeOf(node.http('files.parts', { file, numbers: [1] }, headers))).toBe('not_found');
  });

  test('is gone from the store when it is cancelled, refused, or swept', async () => {
    const bytes = some(100);
    const [cancelled, refused, swept] = [
      await begun(bytes),
      await begun(bytes, { kind: 'image' }),
      await begun(bytes),
    ];
    for (const { file, size } of [cancelled, refused, swept]) await put(file, bytes, { size, numbers: [1] });
    await node.as('ann', 'files.cancel', { file: cancelled.file });
    expect(await codeOf(node.as('ann', 'files.parts', { file: cancelled.file, numbers: [1] }))).toBe(
      'not_found',
    );
    expect(await codeOf(node.as('ann', 'files.finish', { file: refused.file }))).toBe('rejected');
    await node.as('ann', 'files.finish', { file: swept.file });
    await node.as('ann', 'conversations.create', { id: 'room', kind: 'group' });
    const body = media([swept.file]);
    const { n } = await node.as('ann', 'messages.send', {
      conversation: 'room',
      id: Bun.randomUUIDv7(),
      body,
    });
    const hash = new Bun.CryptoHasher('sha256').update(bytes).digest('hex');
    expect(s3.keys()).toContain(`blobs/1/${hash}`);
    await node.as('ann', 'messages.recall', { conversation: 'room', n });
    while (s3.keys().includes(`blobs/1/${hash}`)) await codeOf(node.as('ann', 'users.me', {}));
    expect(s3.keys().filter((key) => key.startsWith('uploads/'))).toEqual([]);
  });
});

test('where browsers do not reach the store, all bytes go through the node', async () => {
  const closed = await startTestNode({ env: env('no') });
  const bytes = some(6_000_000);
  const { file } = await uploaded(closed, 'ann', { bytes, name: 'x.bin' });
  const url = await ownUrl(closed, 'ann', file);
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.bytes()).equals(bytes)).toBe(true);
  const part = await fetch(url, { headers: { range: 'bytes=0-9' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 0-9/6000000']);
  expect(Buffer.from(await part.bytes()).equals(bytes.subarray(0, 10))).toBe(true);
  await closed.stop();
});

test('a store that is away makes a file wait, and loses nothing', async () => {
  const away = s3StandIn();
  const config = { ...env('no'), INLAY_S3_ENDPOINT: away.config.endpoint, INLAY_LOG: 'silent' };
  const node2 = await startTestNode({ env: config });
  away.close();
  expect(await codeOf(uploaded(node2, 'ann', { bytes: some(5) }))).toBe('busy');
  await node2.stop();
});
