import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol';
import { media } from '../../testing/files.ts';
import { madePng } from '../../testing/images.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, otherApp } from '../../testing/scene.ts';
import { ownUrl, uploaded } from '../../testing/uploads.ts';

const clock = new ManualClock(Date.now());
let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({ clock });
});
afterAll(() => node.stop());

const bytes = new Uint8Array(1000).map((_, i) => i % 251);
const file = (owner: string) => uploaded(node, owner, { bytes, name: 'Bericht „1“.bin' });

/** A group with a message of its owner's that carries a file. */
async function scene(id: string, members: string[] = [], history: 'start' | 'joined' = 'start') {
  const owner = `${id}.o`;
  await node.as(owner, 'conversations.create', { id, kind: 'group', members, history });
  const stored = await file(owner);
  const body = media([stored.file]);
  const { n } = await node.as(owner, 'messages.send', { conversation: id, id: Bun.randomUUIDv7(), body });
  const addressFor = async (user: string): Promise<string | undefined> => {
    const found = await node.as(user, 'files.urls', { conversation: id, files: [stored.file] });
    return found.addresses[0] && `${node.url}${found.addresses[0].url}`;
  };
  return { owner, file: stored.file, n, addressFor };
}

const status = async (url: string | undefined): Promise<number> => (await fetch(url ?? '')).status;

describe('bytes', () => {
  test('come whole, with what a browser is to know of them', async () => {
    const { file: id } = await file('ann');
    const url = await ownUrl(node, 'ann', id);
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.bytes()).equals(bytes)).toBe(true);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-disposition']).toBe(
      `attachment; filename="Bericht _1_.bin"; filename*=UTF-8''Bericht%20%E2%80%9E1%E2%80%9C.bin`,
    );
    const [, age] = /^private, max-age=(\d+), immutable$/.exec(headers['cache-control'] ?? '') ?? [];
    expect(Number(age)).toBeGreaterThan(1000);
    expect(Number(age)).toBeLessThanOrEqual(LIMITS.fileAddress / 1000);

    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), (await head.bytes()).length]).toEqual([
      200,
      '1000',
      0,
    ]);
    const etag = headers.etag ?? '';
    const same = await fetch(url, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([same.status, (await same.bytes()).length]).toEqual([304, 0]);
  });

  test.each([
    ['bytes=0-0', 206, 'bytes 0-0/1000'],
    ['bytes=0-', 206, 'bytes 0-999/1000'],
    ['bytes=10-19', 206, 'bytes 10-19/1000'],
    ['bytes=990-5000', 206, 'bytes 990-999/1000'],
    ['bytes=-5', 206, 'bytes 995-999/1000'],
    ['bytes=-5000', 206, 'bytes 0-999/1000'],
    ['bytes=1000-', 416, 'bytes */1000'],
    ['bytes=-0', 416, 'bytes */1000'],
    ['bytes=5-2', 200, null],
    ['bytes=0-1,5-6', 200, null],
    ['bytes=x', 200, null],
    ['lines=1-2', 200, null],
  ])('Range: %s is %i', async (range, code, told) => {
    const { file: id } = await file('ann');
    const answer = await fetch(await ownUrl(node, 'ann', id), { headers: { range } });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([code, told]);
    const got = Buffer.from(await answer.bytes());
    const [, start, end] = /^bytes (\d+)-(\d+)/.exec(told ?? '') ?? [];
    if (code === 206) expect(got.equals(bytes.subarray(Number(start), Number(end) + 1))).toBe(true);
    if (code === 200) expect(got.length).toBe(1000);
    if (code === 416) expect(got.length).toBe(0);
  });

  test('a range of another version is the whole of this one', async () => {
    const { file: id } = await file('ann');
    const url = await ownUrl(node, 'ann', id);
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const part = (version: string) => status206(url, version);
    expect(await part(etag)).toBe(206);
    expect(await part('"another"')).toBe(200);
  });

  const status206 = async (url: string, version: string) =>
    (await fetch(url, { headers: { range: 'bytes=0-1', 'if-range': version } })).status;

  test('pictures are shown in place, or saved if one asks for that', async () => {
    const picture = await uploaded(node, 'ann', { kind: 'image', name: 'x.png', bytes: madePng(10, 10) });
    const url = await ownUrl(node, 'ann', picture.file);
    expect((await fetch(url)).headers.get('content-disposition')).toStartWith('inline; filename="x.jpg"');
    expect((await fetch(`${url}&download`)).headers.get('content-disposition')).toStartWith('attachment; ');
  });
});

describe('steps of an image', () => {
  test('the whole stands for a step until that is made', async () => {
    const { file: id } = await uploaded(node, 'ann', {
      kind: 'image',
      name: 'x.png',
      bytes: madePng(1000, 500),
    });
    const { addresses } = await node.as('ann', 'files.urls', { files: [id] });
    const steps = addresses[0]?.steps ?? [];
    expect(steps.map(({ width }) => width)).toEqual([320, 640]);
    const url = `${node.url}${steps[0]?.url}`;
    // Made by a job, which this waits for by asking.
    let answer = await fetch(url);
    while (answer.headers.get('content-type') === 'image/jpeg') {
      expect(answer.headers.get('cache-control')).toBe('private, max-age=10');
      await answer.bytes();
      answer = await fetch(url);
    }
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('cache-control')).toMatch(/immutable/);
    const { default: sharp } = await import('sharp');
    expect(await sharp(await answer.bytes()).metadata()).toMatchObject({
      width: 320,
      height: 160,
      format: 'webp',
    });
  });

  test('a small one has none', async () => {
    const { file: id } = await uploaded(node, 'ann', {
      kind: 'image',
      name: 'x.png',
      bytes: madePng(320, 50),
    });
    expect((await node.as('ann', 'files.urls', { files: [id] })).addresses[0]?.steps).toEqual([]);
  });
});

describe('who gets an address', () => {
  test('who sees a message that carries the file, and nobody else', async () => {
    const { owner, file: id, addressFor } = await scene('who', ['who.m']);
    expect(await status(await addressFor('who.m'))).toBe(200);
    expect(await codeOf(addressFor('who.stranger'))).toBe('not_found');
    // Outside of the conversation it is the owner's alone.
    for (const [user, count] of [
      [owner, 1],
      ['who.m', 0],
      ['who.stranger', 0],
    ] as const) {
      expect((await node.as(user, 'files.urls', { files: [id] })).addresses).toHaveLength(count);
    }
    // Nor is it had by way of a conversation that does not carry it.
    const elsewhere = await scene('elsewhere', ['who.m']);
    const { addresses } = await node.as('who.m', 'files.urls', {
      conversation: 'elsewhere',
      files: [id, elsewhere.file],
    });
    expect(addresses.map((a) => a.file)).toEqual([elsewhere.file]);
  });

  test('[L9] no more who left, who came later to a history that begins with joining, or who deleted or cleared it', async () => {
    const {
      owner,
      file: id,
      n,
      addressFor,
    } = await scene('later', ['later.leaver', 'later.deleter', 'later.clearer'], 'joined');
    await node.as(owner, 'members.add', { conversation: 'later', users: ['later.joiner'] });
    expect(await addressFor('later.joiner')).toBeUndefined();
    await node.as('later.leaver', 'members.leave', { conversation: 'later' });
    expect(await codeOf(addressFor('later.leaver'))).toBe('not_found');
    await node.as('later.deleter', 'messages.delete', { conversation: 'later', numbers: [n] });
    expect(await addressFor('later.deleter')).toBeUndefined();
    await node.as('later.clearer', 'conversations.clear', { conversation: 'later' });
    expect(await addressFor('later.clearer')).toBeUndefined();
    expect(await status(await addressFor(owner))).toBe(200);
    expect(id).not.toBe('');
  });

  test('[L11] nobody of another app, whatever they ask for', async () => {
    const { file: id } = await scene('tenant');
    const app = await otherApp(node, 'files.other');
    const stranger = await node.peer('tenant.o', { app });
    expect(await codeOf(stranger.call('files.urls', { conversation: 'tenant', files: [id] }))).toBe(
      'not_found',
    );
    expect((await stranger.call('files.urls', { files: [id] })).addresses).toEqual([]);
    expect(await codeOf(stranger.call('files.finish', { file: id }))).toBe('not_found');
    await stranger.call('files.cancel', { file: id });
    expect(await status(await ownUrl(node, 'tenant.o', id))).toBe(200);
    stranger.close();
  });
});

describe('addresses', () => {
  test('are the same for a while, and good for no longer than an hour', async () => {
    const { addressFor } = await scene('same', ['same.m']);
    const first = await addressFor('same.m');
    clock.advance(60_000);
    const second = (await addressFor('same.m')) ?? '';
    clock.advance(LIMITS.fileAddress - 1);
    expect(await addressFor('same.m')).not.toBe(second);
    clock.advance(1);
    const answer = await fetch(second);
    expect([answer.status, (await answer.json()).error.code]).toEqual([403, 'forbidden']);
    expect(await status(await addressFor('same.m'))).toBe(200);
    expect(await addressFor('same.o')).toBe(await addressFor('same.m'));
    expect(first).not.toBeUndefined();
  });

  test('begin where the node is told to have files served from', async () => {
    const elsewhere = await startTestNode({ env: { INLAY_MEDIA_URL: 'https://files.example/' } });
    const { file: id } = await uploaded(elsewhere, 'ann', { bytes });
    const { addresses } = await elsewhere.as('ann', 'files.urls', { files: [id] });
    const url = new URL(addresses[0]?.url ?? '');
    expect(url.origin).toBe('https://files.example');
    expect(await status(`${elsewhere.url}${url.pathname}${url.search}`)).toBe(200);
    await elsewhere.stop();
  });

  test('one that was altered is refused, whatever was altered', async () => {
    const { owner, file: id, addressFor } = await scene('altered', ['altered.m']);
    const other = await file(owner);
    const good = new URL((await addressFor('altered.m')) ?? '');
    const change = (alter: (url: URL) => void): string => {
      const url = new URL(good);
      alter(url);
      return url.href;
    };
    const expiry = Number(good.searchParams.get('e'));
    for (const url of [
      change((u) => (u.pathname = u.pathname.replace(id, other.file))),
      change((u) => (u.pathname = u.pathname.replace('/media/1/', '/media/2/'))),
      change((u) => (u.pathname += '/320')),
      change((u) => u.searchParams.set('e', String(expiry + 1))),
      change((u) => u.searchParams.set('e', `0${expiry}`)),
      change((u) => u.searchParams.delete('c')),
      change((u) => u.searchParams.set('c', 'A'.repeat(22))),
      change((u) => u.searchParams.set('s', 'A'.repeat(43))),
      change((u) => u.searchParams.set('s', '')),
      change((u) => u.searchParams.delete('s')),
      change((u) => u.searchParams.delete('e')),
    ]) {
      const answer = await fetch(url);
      expect([url, answer.status]).toEqual([url, 403]);
      expect((await answer.json()).error.message).toContain('files.urls');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    expect(await status(good.href)).toBe(200);
    for (const path of ['/media/1', '/media/x/y', '/media/1/../../etc/passwd']) {
      expect(await status(`${node.url}${path}`)).not.toBe(200);
    }
  });

  test('one that was given out stops with the recall of the last message of its conversation that carries the file', async () => {
    const { owner, file: id, n, addressFor } = await scene('recall', ['recall.m']);
    await node.as('recall.m', 'conversations.create', { id: 'forward', kind: 'group' });
    const send = async (conversation: string) => {
      const sent = { conversation, id: Bun.randomUUIDv7(), body: media([id]) };
      return await node.as('recall.m', 'messages.send', sent);
    };
    const [forwarded, again] = [await send('forward'), await send('recall')];
    const url = await addressFor('recall.m');
    const { addresses } = await node.as('recall.m', 'files.urls', { conversation: 'forward', files: [id] });
    const elsewhere = `${node.url}${addresses[0]?.url}`;
    const both = async () => [await status(url), await status(elsewhere)];
    await node.as(owner, 'messages.recall', { conversation: 'recall', n });
    expect(await both()).toEqual([200, 200]);
    await node.as('recall.m', 'messages.recall', { conversation: 'recall', n: again.n });
    expect(await addressFor('recall.m')).toBeUndefined();
    expect(await both()).toEqual([404, 200]);
    await node.as('recall.m', 'messages.recall', { conversation: 'forward', n: forwarded.n });
    expect(await both()).toEqual([404, 404]);
  });
});
