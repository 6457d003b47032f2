import { afterAll, beforeAll, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { type Body, LIMITS, publishedPath } from '@inlay-im/protocol';
import { moving, picture } from '../../testing/images.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, otherApp, text } from '../../testing/scene.ts';
import { uploaded } from '../../testing/uploads.ts';
import { createApiKey, findApp } from '../apps/index.ts';

let node: TestNode;
let backend: { authorization: string };

async function keyOf(app: string) {
  const { pk } = (await findApp(node.db, app)) ?? { pk: 0 };
  const scopes = ['files:write'] as const;
  const made = await createApiKey(node.db, { app: pk, name: 'b', scopes, at: new Date(), randomBytes });
  return { authorization: `Bearer ${made.key}` };
}

beforeAll(async () => {
  node = await startTestNode();
  backend = await keyOf('default');
});
afterAll(() => node.stop());

let height = 100;
async function image(o: { width?: number; bytes?: Uint8Array<ArrayBuffer> } = {}): Promise<string> {
  const bytes = o.bytes ?? (await picture('webp', { width: o.width ?? 256, height: ++height }));
  return (await uploaded(node, 'artist', { kind: 'image', name: 's.webp', bytes })).file;
}

/** Publishes a pack of stickers `a`, `b` … with these images. */
const publish = (pack: string, files: readonly string[], by = backend) =>
  node.http(
    'stickers.publish',
    {
      pack,
      title: pack,
      stickers: files.map((file, i) => ({ id: 'abcdef'.charAt(i), file, emoji: '👋' })),
    },
    by,
  );
const status = async (file: string): Promise<number> =>
  (await fetch(`${node.url}${publishedPath(file)}`)).status;
const sweep = async (file: string): Promise<void> =>
  void (await node.tasks['files.sweep']?.({ app: 1, files: [file] }, { number: 1, last: true }));
const isKnown = async (file: string): Promise<boolean> =>
  (await node.db.selectFrom('files').select('id').where('id', '=', file).executeTakeFirst()) !== undefined;
const send = (who: string, to: string, pack: string, sticker: string, id = Bun.randomUUIDv7()) =>
  node.as(who, 'messages.send', {
    conversation: `direct:${[who, to].sort().join(',')}`,
    id,
    body: { kind: 'sticker', pack, sticker },
  });

test('a pack is shown to everyone of the app, and another may take its place', async () => {
  const [one, two] = [await image(), await image({ bytes: await moving('webp') })];
  const { pack } = await publish('first', [one, two]);
  expect(pack.stickers).toMatchObject([
    { id: 'a', file: one, emoji: '👋', width: 256, animated: false },
    { id: 'b', file: two, animated: true },
  ]);
  expect((await node.as('ann', 'stickers.packs', {})).packs).toEqual([pack]);
  await publish('first', [two]);
  expect([await status(one), await status(two)]).toEqual([404, 200]);
  while (await isKnown(one));
  await node.http('stickers.withdraw', { pack: 'first' }, backend);
  expect((await node.as('ann', 'stickers.packs', {})).packs).toEqual([]);
  while (await isKnown(two));
});

test('a message has the sticker as it was, holds its file, and lets it go when it is recalled', async () => {
  const file = await image();
  await publish('kept', [file]);
  const id = Bun.randomUUIDv7();
  const { n } = await send('ann', 'bob', 'kept', 'a', id);
  expect(await send('ann', 'bob', 'kept', 'a', id)).toMatchObject({ n });
  const at = { conversation: 'direct:ann,bob', n };
  const body = async (): Promise<Body | null> => (await node.as('bob', 'messages.get', at)).message.body;
  const said = { kind: 'sticker', pack: 'kept', sticker: 'a', file, emoji: '👋', width: 256, height };
  expect(await body()).toEqual({ ...said, animated: false } as Body);
  await node.http('stickers.withdraw', { pack: 'kept' }, backend);
  await sweep(file);
  expect([await isKnown(file), await status(file)]).toEqual([true, 404]);
  expect(await send('ann', 'bob', 'kept', 'a', id)).toMatchObject({ n });
  const { addresses } = await node.as('bob', 'files.urls', { conversation: at.conversation, files: [file] });
  expect((await fetch(`${node.url}${addresses[0]?.url}`)).status).toBe(200);
  expect(await codeOf(node.as('ann', 'messages.edit', { ...at, body: text('x') }))).toBe('invalid_input');
  expect(await codeOf(send('ann', 'bob', 'kept', 'a'))).toBe('not_found');
  await node.as('ann', 'messages.recall', at);
  while (await isKnown(file));
});

test('what is mine is in step on my devices, and nobody else’s', async () => {
  const files = [await image(), await image()];
  await publish('p1', files);
  await publish('p2', files);
  const [phone, other] = [await node.peer('cat'), await node.peer('dan')];
  const { shelf } = await node.as('cat', 'stickers.arrange', { packs: ['p2', 'p1'] });
  expect((await phone.event('stickers.changed')).shelf).toEqual(shelf);
  await node.as('cat', 'stickers.favour', { pack: 'p1', sticker: 'b', on: true });
  await node.as('cat', 'stickers.favour', { pack: 'p1', sticker: 'b', on: true });
  await send('cat', 'dan', 'p1', 'a');
  await send('cat', 'dan', 'p2', 'a');
  await send('cat', 'dan', 'p1', 'a');
  const mine = await node.as('cat', 'stickers.packs', {});
  expect(mine.packs.map(({ id }) => id)).toEqual(['p2', 'p1']);
  expect(mine.shelf).toEqual({
    packs: ['p2', 'p1'],
    favourites: [{ pack: 'p1', sticker: 'b' }],
    recents: [
      { pack: 'p1', sticker: 'a' },
      { pack: 'p2', sticker: 'a' },
    ],
  });
  await phone.event('stickers.changed', ({ shelf: told }) => told.recents.length === 2);
  const revs = phone.of('stickers.changed').map(({ userRev }) => userRev);
  expect(new Set(revs).size).toBe(revs.length);
  expect(other.of('stickers.changed')).toEqual([]);
  await node.as('cat', 'stickers.favour', { pack: 'p1', sticker: 'b', on: false });
  expect((await node.as('cat', 'stickers.packs', {})).shelf.favourites).toEqual([]);
  phone.close();
  other.close();
});

test('what is unknown, too large or said twice is refused', async () => {
  const refusal = (pack: string, files: string[]) => codeOf(publish(pack, files));
  expect(await refusal('wide', [await image({ width: LIMITS.stickerSide + 1 })])).toBe('too_large');
  expect(await refusal('none', [Bun.randomUUIDv7()])).toBe('not_found');
  expect(await refusal('empty', [])).toBe('invalid_input');
  expect(await refusal('No', [await image()])).toBe('invalid_input');
  expect(await codeOf(send('ann', 'bob', 'none', 'a'))).toBe('not_found');
  expect(await codeOf(node.as('ann', 'stickers.arrange', { packs: ['none'] }))).toBe('not_found');
  expect(await codeOf(node.as('ann', 'stickers.arrange', { packs: ['p1', 'p1'] }))).toBe('invalid_input');
  const unknown = { pack: 'p1', sticker: 'z', on: true };
  expect(await codeOf(node.as('ann', 'stickers.favour', unknown))).toBe('not_found');
});

test('[L11] another app neither publishes our images nor sends our stickers', async () => {
  const file = await image();
  await publish('ours', [file]);
  const app = await otherApp(node);
  const other = await keyOf(app);
  expect(await codeOf(publish('theirs', [file], other))).toBe('not_found');
  await node.http('stickers.withdraw', { pack: 'ours' }, other);
  const stranger = await node.peer('ann', { app });
  const body = { kind: 'sticker' as const, pack: 'ours', sticker: 'a' };
  const message = { conversation: 'direct:ann,bob', id: Bun.randomUUIDv7(), body };
  expect(await codeOf(stranger.call('messages.send', message))).toBe('not_found');
  expect((await stranger.call('stickers.packs', {})).packs).toEqual([]);
  expect(await status(file)).toBe(200);
  stranger.close();
});
