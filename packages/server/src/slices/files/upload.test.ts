import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Scope } from '@inlay-im/protocol';
import { madePng } from '../../testing/images.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { RawSocket } from '../../testing/raw-socket.ts';
import { codeOf, otherApp } from '../../testing/scene.ts';
import { brought, ownUrl, tus, uploaded } from '../../testing/uploads.ts';
import { createApiKey } from '../apps/index.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({ env: { INLAY_ALLOWED_ORIGINS: 'https://app.example', INLAY_LOG: 'silent' } });
});
afterAll(() => node.stop());

/** An upload of ann's that has nothing yet. */
async function begun(size: number): Promise<{ file: string; path: string }> {
  const file = Bun.randomUUIDv7();
  const { upload } = await node.as('ann', 'files.create', { file, kind: 'file', name: 'x', size });
  return { file, path: upload?.by === 'tus' ? upload.url : '' };
}

const token = async (): Promise<string> => (await node.signedIn('ann')).accessToken;
const some = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(length));

describe('bringing a file', () => {
  test('bytes arrive as they were sent, and repeating anything changes nothing', async () => {
    const bytes = some(200_000);
    const { file } = await brought(node, 'ann', { bytes, name: 'Bericht.bin' });
    const first = await node.as('ann', 'files.finish', { file });
    expect(first.stored).toMatchObject({
      file,
      kind: 'file',
      name: 'Bericht.bin',
      size: 200_000,
      type: 'application/octet-stream',
    });
    expect(await node.as('ann', 'files.finish', { file })).toEqual(first);
    const again = await node.as('ann', 'files.create', { file, kind: 'file', name: 'x', size: 200_000 });
    expect(again).toEqual({ upload: null, stored: first.stored });
    const answer = await fetch(await ownUrl(node, 'ann', file));
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.bytes()).equals(bytes)).toBe(true);
  });

  test('goes on where it stopped', async () => {
    const bytes = some(100_000);
    const file = Bun.randomUUIDv7();
    const input = { file, kind: 'file' as const, name: 'a', size: bytes.length };
    const { upload } = await node.as('ann', 'files.create', input);
    const path = upload?.by === 'tus' ? upload.url : '';
    await tus(node, 'ann', { method: 'PATCH', path, offset: 0, body: bytes.subarray(0, 30_000) });
    const head = await tus(node, 'ann', { method: 'HEAD', path });
    expect(head.headers.get('upload-offset')).toBe('30000');
    expect(head.headers.get('upload-length')).toBe('100000');
    expect(await codeOf(node.as('ann', 'files.finish', { file }))).toBe('conflict');
    expect(
      (await tus(node, 'ann', { method: 'PATCH', path, offset: 10, body: bytes.subarray(10) })).status,
    ).toBe(409);
    expect(
      (await tus(node, 'ann', { method: 'PATCH', path, offset: 30_000, body: some(90_000) })).status,
    ).toBe(413);
    expect(
      (await tus(node, 'ann', { method: 'PATCH', path, offset: 30_000, body: bytes.subarray(30_000) }))
        .status,
    ).toBe(204);
    await node.as('ann', 'files.finish', { file });
    expect(Buffer.from(await (await fetch(await ownUrl(node, 'ann', file))).bytes()).equals(bytes)).toBe(
      true,
    );
  });

  test('a body that breaks off leaves what came of it, small or large', async () => {
    for (const length of [50_000, 6_000_000]) {
      const bytes = some(length);
      const { file, path } = await begun(length);
      const half = length / 2;
      const raw = await RawSocket.connect(node.url);
      raw.write(
        `PATCH ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await token()}\r\nTus-Resumable: 1.0.0\r\n` +
          `Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${length}\r\n\r\n`,
      );
      raw.write(bytes.subarray(0, half));
      const offset = async () =>
        Number((await tus(node, 'ann', { method: 'HEAD', path })).headers.get('upload-offset'));
      while ((await offset()) < half);
      raw.destroy();
      const rest = { method: 'PATCH' as const, path, offset: half, body: bytes.subarray(half) };
      expect((await tus(node, 'ann', rest)).status).toBe(204);
      await node.as('ann', 'files.finish', { file });
      expect(Buffer.from(await (await fetch(await ownUrl(node, 'ann', file))).bytes()).equals(bytes)).toBe(
        true,
      );
    }
  });

  test('what a full disk does not take is not acknowledged, and comes once there is room', async () => {
    for (const length of [1000, 6_000_000]) {
      const { file, path } = await begun(length);
      const place = join(node.files, 'uploads', '1', file);
      mkdirSync(dirname(place), { recursive: true });
      // Linux: whoever writes to it is told that the disk is full.
      symlinkSync('/dev/full', place);
      const patch = { method: 'PATCH' as const, path, offset: 0, body: some(length) };
      const answer = await tus(node, 'ann', patch);
      expect([answer.status, (await answer.json()).error.code]).toEqual([500, 'internal']);
      const head = await tus(node, 'ann', { method: 'HEAD', path });
      expect(head.headers.get('upload-offset')).toBe('0');
      expect(await codeOf(node.as('ann', 'files.finish', { file }))).toBe('conflict');
      rmSync(place);
      expect((await tus(node, 'ann', patch)).status).toBe(204);
      expect(await codeOf(node.as('ann', 'files.finish', { file }))).toBe('ok');
    }
  });

  test('bodies of every size are written once', async () => {
    for (const length of [1, 1000, 30_000, 200_000, 1_500_000, 2_000_000, 4_194_304, 4_194_305, 9_000_000]) {
      const { path } = await begun(length);
      const answer = await tus(node, 'ann', { method: 'PATCH', path, offset: 0, body: some(length) });
      expect([answer.status, answer.headers.get('upload-offset')]).toEqual([204, String(length)]);
    }
  });
});

describe('tus', () => {
  test('says what is missing in a request', async () => {
    const { path } = await begun(10);
    const status = async (o: Partial<Parameters<typeof tus>[2]>) =>
      (await tus(node, 'ann', { method: 'PATCH', path, offset: 0, body: some(1), ...o })).status;
    expect(await status({ headers: { 'tus-resumable': '0.2.2' } })).toBe(412);
    expect(await status({ headers: { 'content-type': 'text/plain' } })).toBe(415);
    expect(await status({ headers: { 'upload-offset': '-1' } })).toBe(400);
    expect(await status({ headers: { 'upload-offset': 'x' } })).toBe(400);
    expect(await status({ offset: 5 })).toBe(409);
    expect(await status({ body: some(11) })).toBe(413);
    expect(await status({ method: 'POST' })).toBe(405);
    expect(
      await status({
        method: 'POST',
        headers: { 'x-http-method-override': 'PATCH', 'content-type': 'application/offset+octet-stream' },
      }),
    ).toBe(204);
    const options = await fetch(`${node.url}${path}`, { method: 'OPTIONS' });
    expect(options.headers.get('tus-version')).toBe('1.0.0');
    expect(await status({ method: 'DELETE' })).toBe(204);
    expect(await status({})).toBe(404);
  });

  test('is for the one who began the upload', async () => {
    const { file, path } = await begun(10);
    const patch = { method: 'PATCH' as const, path, offset: 0, body: some(10) };
    expect((await tus(node, 'bob', patch)).status).toBe(404);
    for (const authorization of ['', 'Bearer nonsense', 'Basic x']) {
      expect((await tus(node, 'ann', { ...patch, headers: { authorization } })).status).toBe(401);
    }
    const app = await otherApp(node, 'tus.other');
    const { accessToken } = await node.signIn('ann', app);
    const stranger = { ...patch, headers: { authorization: `Bearer ${accessToken}` } };
    expect((await tus(node, 'ann', stranger)).status).toBe(404);
    expect((await tus(node, 'ann', { ...patch, path: '/media/uploads/..%2f..%2fx' })).status).toBe(404);
    expect((await tus(node, 'ann', patch)).status).toBe(204);
    await node.as('ann', 'files.finish', { file });
    expect((await tus(node, 'ann', patch)).status).toBe(404);
  });

  test('a backend brings files in a person’s name, if its key may', async () => {
    const { path } = await begun(10);
    const status = async (scopes: Scope[], user: string) => {
      const { key } = await createApiKey(node.db, { app: 1, name: 'k', scopes, at: new Date(), randomBytes });
      const headers = { authorization: `Bearer ${key}`, 'inlay-user': user };
      return (await tus(node, 'ann', { method: 'PATCH', path, offset: 0, body: some(10), headers })).status;
    };
    expect(await status(['files:read'], 'ann')).toBe(403);
    expect(await status(['files:write'], 'bob')).toBe(404);
    expect(await status(['files:write'], 'ann')).toBe(204);
  });

  test('pages of allowed origins may, others may not', async () => {
    const { path } = await begun(10);
    const preflight = async (origin: string) =>
      await fetch(`${node.url}${path}`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'upload-offset',
        },
      });
    const good = await preflight('https://app.example');
    expect(good.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(good.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(good.headers.get('access-control-allow-headers')).toContain('upload-offset');
    expect((await preflight('https://evil.example')).status).toBe(403);
    const headers = { origin: 'https://app.example' };
    const answer = await tus(node, 'ann', { method: 'HEAD', path, headers });
    expect(answer.headers.get('access-control-expose-headers')).toContain('Upload-Offset');
  });

  test('no more than six uploads of a person bring bytes at once', async () => {
    const holding = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { path } = await begun(100);
        const raw = await RawSocket.connect(node.url);
        raw.write(
          `PATCH ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await token()}\r\nTus-Resumable: 1.0.0\r\n` +
            'Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 100\r\n\r\nx',
        );
        while ((await tus(node, 'ann', { method: 'HEAD', path })).headers.get('upload-offset') !== '1');
        return raw;
      }),
    );
    const { path } = await begun(10);
    const patch = { method: 'PATCH' as const, path, offset: 0, body: some(10) };
    const refused = await tus(node, 'ann', patch);
    expect([refused.status, (await refused.json()).error.code]).toEqual([503, 'busy']);
    for (const raw of holding) raw.destroy();
    let status = 503;
    while (status === 503) status = (await tus(node, 'ann', patch)).status;
    expect(status).toBe(204);
  });
});

describe('bounds', () => {
  test('a file, a person and an app have only so many bytes', async () => {
    const small = await startTestNode({
      env: { INLAY_FILE_BYTES: '1000', INLAY_USER_QUOTA: '2000', INLAY_APP_QUOTA: '3000' },
    });
    const create = (user: string, size: number) =>
      codeOf(small.as(user, 'files.create', { file: Bun.randomUUIDv7(), kind: 'file', name: 'x', size }));
    expect(await create('ann', 1001)).toBe('too_large');
    // Of several at once, no more than fit.
    const codes = await Promise.all(Array.from({ length: 4 }, () => create('ann', 900)));
    expect(codes.sort()).toEqual(['limit_reached', 'limit_reached', 'ok', 'ok']);
    expect(await create('ann', 200)).toBe('ok');
    expect(await create('ann', 1)).toBe('limit_reached');
    expect(await create('bob', 1000)).toBe('ok');
    expect(await create('cem', 1)).toBe('limit_reached');
    await small.stop();
  });

  test('what is dropped counts no more, and equal files count once for the app', async () => {
    const small = await startTestNode({ env: { INLAY_USER_QUOTA: '1000', INLAY_APP_QUOTA: '1500' } });
    const bytes = some(1000);
    const first = await uploaded(small, 'ann', { bytes });
    expect(await codeOf(brought(small, 'ann', { bytes: some(1) }))).toBe('limit_reached');
    await small.as('ann', 'files.cancel', { file: first.file });
    await uploaded(small, 'ann', { bytes });
    expect(await codeOf(brought(small, 'bob', { bytes: some(501) }))).toBe('limit_reached');
    await uploaded(small, 'bob', { bytes: some(400) });
    await small.stop();
  });

  test('an id is of one file, and a file of one size', async () => {
    const { file } = await begun(10);
    const create = (user: string, size: number, id = file) =>
      codeOf(node.as(user, 'files.create', { file: id, kind: 'file', name: 'x', size }));
    expect(await create('ann', 11)).toBe('conflict');
    expect(await create('bob', 10)).toBe('conflict');
    expect(await create('ann', 10)).toBe('ok');
    const fresh = Bun.randomUUIDv7();
    expect(await Promise.all(Array.from({ length: 5 }, () => create('ann', 10, fresh)))).toEqual(
      Array(5).fill('ok'),
    );
  });

  test('a still is a whole image of one’s own', async () => {
    const video = (user: string, poster: string) =>
      codeOf(
        node.as(user, 'files.create', {
          file: Bun.randomUUIDv7(),
          kind: 'video',
          name: 'v',
          size: 1,
          poster,
        }),
      );
    const image = await uploaded(node, 'ann', { kind: 'image', bytes: madePng(9, 9) });
    expect(await video('ann', image.file)).toBe('ok');
    expect(await video('bob', image.file)).toBe('not_found');
    expect(await video('ann', (await begun(5)).file)).toBe('not_found');
    expect(await video('ann', Bun.randomUUIDv7())).toBe('not_found');
  });
});
