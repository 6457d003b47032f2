import { afterAll, beforeAll, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { LIMITS, publishedPath } from '@inlay-im/protocol';
import sharp from 'sharp';
import { readyFile } from '../../testing/files.ts';
import { moving, picture } from '../../testing/images.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, otherApp } from '../../testing/scene.ts';
import { uploaded } from '../../testing/uploads.ts';
import { createApiKey, findApp } from '../apps/index.ts';

let node: TestNode;
let backend: { authorization: string };

async function keyOf(app: string, scopes = ['files:read', 'files:write'] as const) {
  const { pk } = (await findApp(node.db, app)) ?? { pk: 0 };
  const made = await createApiKey(node.db, { app: pk, name: 'b', scopes, at: new Date(), randomBytes });
  return { authorization: `Bearer ${made.key}` };
}

beforeAll(async () => {
  node = await startTestNode();
  backend = await keyOf('default');
});
afterAll(() => node.stop());

let height = 10;
/** An image of the artist's that nobody else has. */
async function image(o: { width?: number; bytes?: Uint8Array<ArrayBuffer> } = {}): Promise<string> {
  const bytes = o.bytes ?? (await picture('png', { width: o.width ?? 64, height: ++height, alpha: true }));
  return (await uploaded(node, 'artist', { kind: 'image', name: 'e.png', bytes })).file;
}
const publish = (name: string, file: string, by = backend) => node.http('emoji.publish', { name, file }, by);
const status = async (file: string): Promise<number> =>
  (await fetch(`${node.url}${publishedPath(file)}`)).status;
const isKnown = async (file: string): Promise<boolean> =>
  (await node.db.selectFrom('files').select('id').where('id', '=', file).executeTakeFirst()) !== undefined;
const names = async (who = 'ann') => (await node.as(who, 'emoji.list', {})).emoji.map(({ name }) => name);

test('an emoji is listed for everyone and shown to anyone, until it is another image, or none', async () => {
  const [first, second] = [await image(), await image({ bytes: await moving('webp') })];
  expect(await status(first)).toBe(404);
  const { emoji } = await publish('party', first);
  expect(emoji).toEqual({ name: 'party', file: first, width: 64, height, animated: false });
  expect((await node.as('ann', 'emoji.list', {})).emoji).toEqual([emoji]);
  const answer = await fetch(`${node.url}${publishedPath(first)}`);
  expect((await sharp(await answer.bytes()).metadata()).format).toBe('webp');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect((await publish('party', second)).emoji.animated).toBe(true);
  expect([await status(first), await status(second)]).toEqual([404, 200]);
  await node.http('emoji.remove', { name: 'party' }, backend);
  expect(await node.http('emoji.remove', { name: 'party' }, backend)).toEqual({});
  expect([await names(), await status(second)]).toEqual([[], 404]);
  while ((await isKnown(first)) || (await isKnown(second)));
});

test('its image is kept from the sweep of what nothing names', async () => {
  const file = await image();
  await publish('kept', file);
  await node.tasks['files.sweep']?.({ app: 1, files: [file] }, { number: 1, last: true });
  expect(await status(file)).toBe(200);
  await node.http('emoji.remove', { name: 'kept' }, backend);
});

test('what is too large, no image, or nobody’s is refused, and names too', async () => {
  const refusal = (name: string, file: string) => codeOf(publish(name, file));
  expect(await refusal('wide', await image({ width: LIMITS.emojiSide + 1 }))).toBe('too_large');
  expect(await refusal('fits', await image({ width: LIMITS.emojiSide }))).toBe('ok');
  const text = await uploaded(node, 'artist', { bytes: new TextEncoder().encode('words') });
  expect(await refusal('text', text.file)).toBe('not_found');
  expect(await refusal('none', Bun.randomUUIDv7())).toBe('not_found');
  for (const name of ['', 'Party', 'a b', ':a:', 'x'.repeat(33)])
    expect(await refusal(name, await image())).toBe('invalid_input');
  expect(await names()).toEqual(['fits']);
});

test('[L11] only the backend of an app publishes, and only images of its own people', async () => {
  const file = await image();
  const other = await keyOf(await otherApp(node));
  expect(await codeOf(publish('x', file, other))).toBe('not_found');
  expect(await codeOf(node.as('artist', 'emoji.publish', { name: 'x', file }))).toBe('forbidden');
  await publish('ours', file);
  expect((await node.http('emoji.list', {}, { ...other, 'inlay-user': 'ann' })).emoji).toEqual([]);
  await node.http('emoji.remove', { name: 'ours' }, other);
  expect(await names()).toContain('ours');
});

test('[L11] no other image stands at the path of one, whoever takes its id', async () => {
  const file = await image();
  await publish('mine', file);
  const app = await otherApp(node, 'copies');
  await node.signIn('copier', app);
  const pk = (await findApp(node.db, app))?.pk ?? 0;
  await readyFile(node.db, { id: file, app: pk, owner: 'copier' });
  await node.db.updateTable('files').set({ width: 9, height: 9 }).where('app', '=', pk).execute();
  const key = await keyOf(app);
  expect(await codeOf(publish('theirs', file, key))).toBe('invalid_input');
  await node.http('emoji.remove', { name: 'mine' }, backend);
  expect(await codeOf(publish('theirs', file, key))).toBe('ok');
});

test('an app has no more than its share', async () => {
  const file = await image();
  const rows = Array.from({ length: LIMITS.emojiPerApp }, (_, i) => ({ app: 1, name: `n${i}`, file }));
  await node.db.deleteFrom('emoji').execute();
  await node.db.insertInto('emoji').values(rows).execute();
  expect(await codeOf(publish('more', file))).toBe('limit_reached');
  expect(await codeOf(publish('n0', file))).toBe('ok');
});
