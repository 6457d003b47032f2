import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Gif, LIMITS } from '@inlay-im/protocol';
import { s3StandIn } from '../../adapters/blobs-s3/stand-in.ts';
import type { GifStandIn, StandInGif } from '../../adapters/gifs-stand-in.ts';
import { tenorStandIn } from '../../adapters/gifs-tenor/stand-in.ts';
import { media } from '../../testing/files.ts';
import { moving } from '../../testing/images.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, otherApp } from '../../testing/scene.ts';
import { ownUrl } from '../../testing/uploads.ts';

const KEY = 'the-secret-key';
type Bytes = Uint8Array<ArrayBuffer>;
let service: GifStandIn;
let node: TestNode;
let waving: Bytes;
const lines: string[] = [];
/** What the service answers for the picture of a GIF, in its place. */
const instead = new Map<string, () => Response>();

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const named = (id: string, title: string, bytes: Bytes): StandInGif => ({
  ...{ id, title, bytes, width: 60, height: 60 },
});

beforeAll(async () => {
  waving = await moving('gif', 4, 60);
  service = tenorStandIn({
    key: KEY,
    gifs: [
      named('wave', 'A cat waves', waving),
      named('path', '../cat/\u202e<b>', waving),
      named('long', `long ${'words '.repeat(100)}`, waving),
      named('page', 'odd page', utf8('<script>alert(1)</script>')),
      named('film', 'odd film', new Uint8Array(Buffer.from('AAAAGGZ0eXBtcDQyAAAAAG1wNDJpc29t', 'base64'))),
      named('half', 'odd half', waving.slice(0, 100)),
      ...Array.from({ length: 30 }, (_, i) => named(`many${i}`, `Many ${i}`, waving)),
    ],
    picture: (id) => instead.get(id)?.(),
  });
  const env = { INLAY_GIFS: 'tenor', INLAY_GIFS_KEY: KEY, INLAY_GIFS_URL: service.url, INLAY_LOG: 'debug' };
  node = await startTestNode({ env, write: (line) => lines.push(line) });
}, 60_000);
afterAll(async () => {
  await node.stop();
  await service.close();
});

const searches = () => service.asked.filter(({ path }) => path === '/v2/search').length;
const fetches = (id: string) =>
  service.asked.filter(({ path }) => path.startsWith(`/pictures/${id}/`)).length;
async function find(user: string, query: string): Promise<Gif> {
  const [gif] = (await node.as(user, 'gifs.search', { query })).gifs;
  if (gif === undefined) throw new Error(`nothing was found for ${query}`);
  return gif;
}
const take = (user: string, gif: string, file = Bun.randomUUIDv7()) =>
  node.as(user, 'gifs.take', { file, gif });
const preview = (gif: Gif, address = gif.preview) => fetch(`${node.url}${address}`);
const files = () => [...new Bun.Glob('uploads/**/*').scanSync({ cwd: node.files })];

test('a node without a service says so, and one with it says whose GIFs they are', async () => {
  expect(await node.as('ann', 'gifs.service', {})).toEqual({ name: 'Tenor' });
  const bare = await startTestNode({ database: node.database });
  expect(await bare.as('ann', 'gifs.service', {})).toEqual({ name: null });
  expect(await codeOf(bare.as('ann', 'gifs.search', {}))).toBe('not_found');
  expect(await codeOf(bare.as('ann', 'gifs.take', { file: Bun.randomUUIDv7(), gif: 'x' }))).toBe('not_found');
  expect((await fetch(`${bare.url}/media/gifs/x.y`)).status).toBe(404);
  await bare.stop();
});

test('nobody but those who are signed in searches', async () => {
  expect(await codeOf(node.http('gifs.search', { query: 'cat' }))).toBe('unauthenticated');
});

test('what is found is told without address, key or words of the service; pages follow one another', async () => {
  const first = await node.as('ann', 'gifs.search', { query: 'many' });
  expect(first.gifs).toHaveLength(LIMITS.gifPage);
  expect(first.gifs[0]).toMatchObject({ title: 'Many 0', width: 60, height: 60 });
  const second = await node.as('ann', 'gifs.search', { query: 'many', cursor: first.next ?? '' });
  expect(second.gifs.map(({ title }) => title)).toEqual([24, 25, 26, 27, 28, 29].map((i) => `Many ${i}`));
  expect(second.next).toBeNull();
  expect(JSON.stringify([first, second])).not.toContain(KEY);
  expect((await find('ann', 'long')).title).toHaveLength(LIMITS.title);
  expect((await node.as('ann', 'gifs.search', { query: 'whale' })).gifs).toEqual([]);
  expect((await node.as('ann', 'gifs.search', {})).gifs[0]?.title).toBe('A cat waves');
});

test('who asks the same within a while asks the service once; the words are bounded', async () => {
  await find('ann', 'cat');
  const before = searches();
  await Promise.all(['ann', 'ben', 'cat'].map((user) => find(user, ' CAT ')));
  expect(searches()).toBe(before);
  const query = 'x'.repeat(LIMITS.gifQuery + 1);
  expect(await codeOf(node.as('ann', 'gifs.search', { query }))).toBe('invalid_input');
});

test('a preview comes through the node, once for all, by its address alone', async () => {
  const gif = await find('ann', 'waves');
  const before = fetches('wave');
  const answers = await Promise.all([preview(gif), preview(gif), preview(gif)]);
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(waving);
    expect(answer.headers.get('content-type')).toBe('image/gif');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toMatch(/^private, max-age=\d{4}, immutable$/);
  }
  expect(fetches('wave')).toBe(before + 1);
  expect((await find('ben', 'waves')).preview).toBe(gif.preview);
});

test('an address that was altered, made up or meant for something else gets nothing', async () => {
  const gif = await find('ann', 'waves');
  const [body = '', signature = ''] = gif.preview.slice('/media/gifs/'.length).split('.');
  const evil = Buffer.from(JSON.stringify([Date.now() + 1e6, `${service.url}/admin`])).toString('base64url');
  const before = service.asked.length;
  for (const ticket of [`${evil}.${signature}`, `${body}.`, body, `${body}.${signature}x`, gif.id, 'x.y']) {
    expect((await preview(gif, `/media/gifs/${ticket}`)).status).toBe(403);
  }
  expect(service.asked).toHaveLength(before);
});

test('a preview that is no picture, too large or elsewhere is not shown', async () => {
  const page = await find('ann', 'odd page');
  expect((await preview(page)).status).toBe(422);
  expect((await preview(await find('ann', 'film'))).status).toBe(422);
  const gif = await find('ann', 'many 7');
  instead.set('many7', () => new Response(new Uint8Array(3 * 1024 * 1024)));
  expect((await preview(gif)).status).toBe(422);
  instead.set('many7', () => Response.redirect(`${service.url}/pictures/wave/tinygif.gif`, 302));
  const answer = await preview(gif);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'no-store']);
  expect(await answer.text()).not.toContain(service.url);
  instead.delete('many7');
  expect((await preview(gif)).status).toBe(200);
});

test('one that is taken is a file of mine that moves, which I send and others see', async () => {
  const gif = await find('ann', 'waves');
  const file = Bun.randomUUIDv7();
  const { stored } = await take('ann', gif.id, file);
  expect(stored).toMatchObject({
    ...{ file, kind: 'image', name: 'A cat waves.webp', type: 'image/webp' },
    ...{ width: 60, height: 60, animated: true },
  });
  const before = fetches('wave');
  expect((await take('ann', gif.id, file)).stored).toEqual(stored);
  expect(fetches('wave')).toBe(before);
  const bytes = await (await fetch(await ownUrl(node, 'ann', file))).bytes();
  expect(bytes.length).toBe(stored.size);
  const conversation = 'direct:ann,ben';
  const id = Bun.randomUUIDv7();
  const { n } = await node.as('ann', 'messages.send', { conversation, id, body: media([file]) });
  const { message } = await node.as('ben', 'messages.get', { conversation, n });
  expect(message.body).toMatchObject({ kind: 'media', items: [{ file, animated: true }] });
  const told = () => service.asked.find(({ path }) => path === '/v2/registershare');
  while (told() === undefined) await node.as('ann', 'gifs.service', {});
  expect(told()?.query).toMatchObject({ id: 'wave', q: 'waves' });
  expect(files()).toEqual([]);
});

test('the same GIF that two people take is kept once', async () => {
  const takings = ['dan', 'eve'].map(async (user) => take(user, (await find(user, 'waves')).id));
  const [one, two] = await Promise.all(takings);
  const blobs = await node.db
    .selectFrom('files')
    .select('blob')
    .where('id', 'in', [one?.stored.file ?? '', two?.stored.file ?? ''])
    .execute();
  expect(new Set(blobs.map(({ blob }) => blob)).size).toBe(1);
  expect(blobs).toHaveLength(2);
});

test('its title is no path, and turns nothing around', async () => {
  const { stored } = await take('ann', (await find('ann', '../cat')).id);
  expect(stored.name).toBe('<b>.webp');
});

test('what is no picture that can be shown is refused, and leaves nothing', async () => {
  for (const odd of ['odd page', 'odd film', 'odd half']) {
    expect(await codeOf(take('ann', (await find('ann', odd)).id))).toBe('rejected');
  }
  instead.set('many8', () => new Response(new Uint8Array(9 * 1024 * 1024)));
  expect(await codeOf(take('ann', (await find('ann', 'many 8')).id))).toBe('rejected');
  instead.set('many8', () => Response.redirect('https://example.com/x.gif', 302));
  expect(await codeOf(take('ann', (await find('ann', 'many 8')).id))).toBe('busy');
  expect(files()).toEqual([]);
});

test('nobody takes what was not found for their app, or what was made up; an id is of one person', async () => {
  const gif = await find('ann', 'waves');
  const app = await otherApp(node);
  const stranger = await node.signIn('zoe', app);
  const headers = { authorization: `Bearer ${stranger.accessToken}` };
  const mine = Bun.randomUUIDv7();
  expect(await codeOf(node.http('gifs.take', { file: mine, gif: gif.id }, headers))).toBe('not_found');
  const [ticket] = gif.preview.split('/').slice(-1);
  for (const made of [ticket ?? '', `${gif.id}x`, 'x.y'])
    expect(await codeOf(take('ann', made))).toBe('not_found');
  await take('ann', gif.id, mine);
  expect(await codeOf(take('ben', gif.id, mine))).toBe('conflict');
});

test('one that is taken gets into a bucket too, where browsers bring their files by themselves', async () => {
  const s3 = s3StandIn();
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.config;
  const inBucket = await startTestNode({
    env: {
      ...{ INLAY_GIFS: 'tenor', INLAY_GIFS_KEY: KEY, INLAY_GIFS_URL: service.url, INLAY_BLOBS: 's3' },
      ...{ INLAY_S3_ENDPOINT: endpoint, INLAY_S3_BUCKET: bucket, INLAY_S3_REGION: region },
      ...{ INLAY_S3_ACCESS_KEY_ID: accessKeyId, INLAY_S3_SECRET_ACCESS_KEY: secretAccessKey },
    },
  });
  const [gif] = (await inBucket.as('ann', 'gifs.search', { query: 'waves' })).gifs;
  const input = { file: Bun.randomUUIDv7(), gif: gif?.id ?? '' };
  const { stored } = await inBucket.as('ann', 'gifs.take', input);
  const { addresses } = await inBucket.as('ann', 'files.urls', { files: [stored.file] });
  const bytes = await (await fetch(`${inBucket.url}${addresses[0]?.url}`)).bytes();
  expect([stored.animated, bytes.length]).toEqual([true, stored.size]);
  await inBucket.stop();
  s3.close();
});

test('a person’s quota holds for what is taken', async () => {
  const env = {
    INLAY_GIFS: 'tenor',
    INLAY_GIFS_KEY: KEY,
    INLAY_GIFS_URL: service.url,
    INLAY_USER_QUOTA: '100',
  };
  const small = await startTestNode({ database: node.database, env });
  const [gif] = (await small.as('kim', 'gifs.search', { query: 'waves' })).gifs;
  const taking = small.as('kim', 'gifs.take', { file: Bun.randomUUIDv7(), gif: gif?.id ?? '' });
  expect(await codeOf(taking)).toBe('limit_reached');
  await small.stop();
});

test('a person searches and takes only so often; others are not held up', async () => {
  const codes: string[] = [];
  for (let i = 0; i < 31; i++) codes.push(await codeOf(node.as('max', 'gifs.search', { query: 'waves' })));
  expect(new Set(codes.slice(0, 30))).toEqual(new Set(['ok']));
  const { id } = await find('nia', 'waves');
  for (let i = 0; i < 10; i++) await take('nia', id);
  expect(await codeOf(take('nia', id))).toBe('rate_limited');
  await take('oli', id);
});

test('a service that fails is something that goes by; no log line has its key, or what was searched for', async () => {
  const broken = tenorStandIn({ key: 'another', gifs: [] });
  const written: string[] = [];
  const env = { INLAY_GIFS: 'tenor', INLAY_GIFS_KEY: KEY, INLAY_GIFS_URL: broken.url, INLAY_LOG: 'debug' };
  const failing = await startTestNode({ database: node.database, env, write: (line) => written.push(line) });
  for (let i = 0; i < 2; i++) {
    expect(await codeOf(failing.as('ann', 'gifs.search', { query: 'private words' }))).toBe('busy');
  }
  expect(broken.asked).toHaveLength(2);
  await failing.stop();
  await broken.close();
  expect(written.filter((line) => line.includes('the service of GIFs failed'))).toHaveLength(1);
  for (const line of [...lines, ...written]) {
    for (const secret of [KEY, 'private', 'waves', service.url]) expect(line).not.toContain(secret);
  }
});
