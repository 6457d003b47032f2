import { afterAll, beforeAll, expect, test } from 'bun:test';
import { clamdStandIn, HARMFUL } from '../../adapters/scanner-clamd/stand-in.ts';
import { madePng } from '../../testing/images.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf } from '../../testing/scene.ts';
import { brought, ownUrl, uploaded } from '../../testing/uploads.ts';

let clamd: Awaited<ReturnType<typeof clamdStandIn>>;
let meanwhile: () => Promise<void> = async () => undefined;
let node: TestNode;
const path = `/tmp/inlay-scan-${process.pid}`;
beforeAll(async () => {
  clamd = await clamdStandIn({ path, meanwhile: () => meanwhile() });
  node = await startTestNode({ env: { INLAY_SCANNER: `unix:${path}`, INLAY_LOG: 'silent' } });
});
afterAll(async () => {
  await node.stop();
  await clamd.close();
});

const harmful = new TextEncoder().encode(`before ${HARMFUL} after`);

test('every file is scanned as it was brought; a harmful one is refused and leaves nothing', async () => {
  await uploaded(node, 'ann', { bytes: new TextEncoder().encode('harmless') });
  expect(Buffer.concat([...(clamd.streams.at(-1)?.chunks ?? [])]).toString()).toBe('harmless');
  const png = new Uint8Array(Buffer.concat([madePng(20, 20), harmful]));
  for (const [kind, bytes] of [
    ['file', harmful],
    ['image', png],
  ] as const) {
    const { file } = await brought(node, 'ann', { kind, bytes });
    for (let time = 0; time < 2; time++) {
      expect(await codeOf(node.as('ann', 'files.finish', { file }))).toBe('rejected');
    }
  }
  expect([...new Bun.Glob('uploads/**/*').scanSync({ cwd: node.files })]).toEqual([]);
});

test('without its scanner nothing is let through, and everything once it is back', async () => {
  await clamd.close();
  const { file } = await brought(node, 'ann', { bytes: new TextEncoder().encode('waits') });
  expect(await codeOf(node.as('ann', 'files.finish', { file }))).toBe('busy');
  expect((await node.as('ann', 'files.urls', { files: [file] })).addresses).toEqual([]);
  clamd = await clamdStandIn({ path, meanwhile: () => meanwhile() });
  expect((await node.as('ann', 'files.finish', { file })).stored.size).toBe(5);
});

test('bytes that take the place of others while those are scanned are not let through', async () => {
  const bytes = new TextEncoder().encode('harmless'.padEnd(harmful.length));
  const { file } = await brought(node, 'ann', { bytes });
  const swapped = Promise.withResolvers<void>();
  meanwhile = async () => {
    meanwhile = async () => undefined;
    await node.as('ann', 'files.cancel', { file });
    await brought(node, 'ann', { file, bytes: harmful });
    swapped.resolve();
  };
  expect(await codeOf(node.as('ann', 'files.finish', { file }))).toBe('conflict');
  await swapped.promise;
  expect((await node.as('ann', 'files.urls', { files: [file] })).addresses).toEqual([]);
  // Nor do they stand for the same harmless bytes of anyone else, which are kept once.
  const other = await uploaded(node, 'bob', { bytes });
  const answer = await fetch(await ownUrl(node, 'bob', other.file));
  expect(Buffer.from(await answer.bytes()).equals(bytes)).toBe(true);
});
