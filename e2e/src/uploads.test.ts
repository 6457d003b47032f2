import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import {
  type Client,
  createClient,
  memoryStorage,
  type Storage,
  type TimelineMessage,
} from '@inlay-im/client';
import { NodeProcess } from './lib/node.ts';
import { Wire } from './lib/proxy.ts';

const MIB = 1024 ** 2;

let node: NodeProcess;
beforeAll(async () => {
  node = await NodeProcess.start();
}, 60_000);
afterAll(() => node.end());

/** Waits until a row is as wanted, and gives it. */
function row(chat: Client, key: string, wanted: (row: TimelineMessage) => boolean): Promise<TimelineMessage> {
  const store = chat.direct('bob').timeline.message(key);
  return new Promise((resolve) => {
    const look = () => {
      const seen = store.get();
      if (seen === undefined || !wanted(seen)) return;
      stop();
      resolve(seen);
    };
    const stop = store.subscribe(look);
    look();
  });
}

/** Ann's client; her own conversation with Bob is looked at. */
async function ann(url: string, storage: Storage): Promise<Client> {
  const chat = createClient({ url, storage });
  if (!(await chat.connect())) await chat.signIn({ token: await node.token('ann', 'Ann') });
  chat.direct('bob').timeline.subscribe(() => {});
  return chat;
}

/** The first page of a stream as recorders make it, RFC 7845 section 3: what a voice message is told by. */
const OPUS = Buffer.concat([
  Buffer.from('OggS'),
  Buffer.from([0, 2, ...new Uint8Array(20), 1, 19]),
  Buffer.from('OpusHead'),
  Buffer.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]),
]);

const hash = (bytes: Uint8Array) => new Bun.CryptoHasher('sha256').update(bytes).digest('hex');

describe('[L2] [L4] a file that is interrupted', () => {
  test('by a cut, a client that ends and a node that is killed arrives whole, in one message', async () => {
    const bytes = new Uint8Array(randomBytes(48 * MIB));
    const wire = await Wire.to(node.url);
    // However fast it is brought, not all of it is there before the last interruption.
    let held = wire.allow(10 * MIB);
    const storage = memoryStorage();
    const first = await ann(wire.url, storage);
    const blob = new Blob([bytes]);
    const { id } = first
      .direct('bob')
      .sendFiles([{ blob, kind: 'file', name: 'Größe 📦.bin', caption: 'all of it' }]);
    await held;
    wire.cut();
    await row(first, id, (one) => one.uploads?.[0]?.state === 'waiting');
    held = wire.allow(12 * MIB);
    wire.mend();
    await held;
    await first.disconnect();

    held = wire.allow(12 * MIB);
    const second = await ann(wire.url, storage);
    await held;
    await node.stop();
    await row(second, id, (one) => one.uploads?.[0]?.state === 'waiting');
    void wire.allow(Number.POSITIVE_INFINITY);
    await node.start();
    const sent = await row(second, id, ({ state }) => state === 'sent');

    const bob = await node.person('bob', 'Bob');
    const { messages } = await bob.call('messages.list', { conversation: sent.conversation });
    expect(messages.map((message) => message.id)).toEqual([id]);
    expect(messages[0]?.body).toEqual(sent.body as never);
    const item = sent.body?.kind === 'media' ? sent.body.items[0] : undefined;
    expect(item).toMatchObject({
      name: 'Größe 📦.bin',
      size: bytes.length,
      caption: 'all of it',
      kind: 'file',
    });
    const address = second.files.address(sent.conversation, item?.file ?? '');
    const there = Promise.withResolvers<string>();
    const stop = address.subscribe(() => there.resolve(address.get()?.url ?? ''));
    const url = await there.promise;
    stop();
    expect(url).toStartWith(wire.url);
    expect(hash(await (await fetch(url)).bytes())).toBe(hash(bytes));
    expect(await storage.all('blobs')).toEqual([]);
    await second.disconnect();
    await wire.end();
  }, 240_000);
});

test('an album, a forward, a played mark and the shared pages are as the node has them', async () => {
  const storage = memoryStorage();
  const chat = await ann(node.url, storage);
  const room = chat.direct('bob');
  const gif = Uint8Array.fromBase64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7');
  const image = (name: string) => ({ blob: new Blob([gif]), kind: 'image' as const, name });
  const album = room.sendFiles([image('a.gif'), image('b.gif')], { text: 'two' });
  const { n } = await album.sent;
  const shown = await row(chat, album.id, ({ state }) => state === 'sent');
  const { message } = await chat.call('messages.get', { conversation: room.id, n });
  expect(shown.body).toEqual(message.body as never);

  const [forwarded] = room.forward([shown], [chat.direct('cid').id]);
  await forwarded?.sent;
  const cid = await node.person('cid', 'Cid');
  const there = await cid.call('messages.list', { conversation: chat.direct('cid').id });
  expect(there.messages.map(({ body }) => body)).toEqual([shown.body]);

  const voice = room.sendFiles([
    { blob: new Blob([OPUS]), kind: 'voice', name: 'voice.ogg', duration: 1200 },
  ]);
  await row(chat, voice.id, ({ state }) => state === 'sent');
  await room.played((await voice.sent).n);
  const elsewhere = await ann(node.url, memoryStorage());
  const heard = await row(elsewhere, voice.id, ({ state }) => state === 'sent');
  expect([heard.played, heard.body]).toMatchObject([true, { items: [{ kind: 'voice', duration: 1200 }] }]);
  await elsewhere.disconnect();

  const media = room.shared('media');
  const complete = Promise.withResolvers<void>();
  media.subscribe(() => media.get().complete && complete.resolve());
  await complete.promise;
  expect(media.get().items.map((item) => item.key)).toEqual([album.id]);
  await room.recall(n);
  const gone = Promise.withResolvers<void>();
  media.subscribe(() => media.get().items.length === 0 && gone.resolve());
  if (media.get().items.length > 0) await gone.promise;
  await chat.disconnect();
}, 60_000);
