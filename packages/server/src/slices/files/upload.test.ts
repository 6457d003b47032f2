import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf } from '../../testing/scene.ts';
import { brought, ownUrl, tus } from '../../testing/uploads.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

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
});
