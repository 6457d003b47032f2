import { describe, expect, test } from 'bun:test';
import type { Message, StoredFile } from '@inlay-im/protocol';
import type { SharedStore } from '../conversations/handle.ts';
import { ManualClock, settle } from '../testing/clock.ts';
import { chosen, filesScene } from '../testing/files-scene.ts';
import { Log } from '../testing/log.ts';
import { Shared } from './shared.ts';

const MINUTE = 60_000;
type Scene = Awaited<ReturnType<typeof filesScene>>;

/** Files that the node has whole. */
function stored(s: Scene, ids: readonly string[]): void {
  for (const file of ids) {
    s.node.files.run('files.create', 'ann', { file, kind: 'image', name: file, size: 0 } as never);
    s.node.files.run('files.finish', 'ann', { file } as never);
  }
}

const urls = (s: Scene) =>
  s.node.requests
    .filter(({ op }) => op === 'files.urls')
    .map(({ input }) => input as never as { files: string[] });

describe('addresses of files', () => {
  test('that are asked for together are fetched together, by conversation, and are absolute', async () => {
    const s = await filesScene();
    stored(s, ['a', 'b', 'c']);
    const stores = [
      s.chat.files.address('room', 'a'),
      s.chat.files.address('room', 'b'),
      s.chat.files.address(undefined, 'c'),
    ];
    for (const store of stores) store.subscribe(() => {});
    await settle();
    expect(urls(s).map(({ files }) => files)).toEqual([['a', 'b'], ['c']]);
    expect(stores[0]?.get()?.url).toBe('http://node.test/media/1/a?e=1700003600000');
    expect(stores[0]?.get()?.steps).toEqual([
      { width: 320, url: 'http://node.test/media/1/a/320?e=1700003600000' },
    ]);
    expect(s.chat.files.address('room', 'a')).toBe(stores[0] as never);
  });

  test('are kept while they hold, and renewed before their end while someone listens', async () => {
    const s = await filesScene();
    stored(s, ['a']);
    const store = s.chat.files.address('room', 'a');
    const stop = store.subscribe(() => {});
    await settle();
    stop();
    await s.clock.advance(30 * MINUTE);
    const again = store.subscribe(() => {});
    await settle();
    expect(urls(s)).toHaveLength(1);
    s.node.files.expiresAt += 60 * MINUTE;
    await s.clock.advance(30 * MINUTE);
    expect(urls(s)).toHaveLength(2);
    expect(store.get()?.url).toEndWith('e=1700007200000');
    again();
    await s.clock.advance(24 * 60 * MINUTE);
    expect(urls(s)).toHaveLength(2);
  });

  test('of a node whose clock is behind are not asked for without end', async () => {
    const s = await filesScene();
    stored(s, ['a']);
    s.node.files.expiresAt = 1;
    s.chat.files.address('room', 'a').subscribe(() => {});
    await s.clock.advance(10 * MINUTE);
    expect(urls(s).length).toBeLessThan(12);
  });

  test('are asked for anew where one did not work', async () => {
    const s = await filesScene();
    stored(s, ['a']);
    s.chat.files.address('room', 'a').subscribe(() => {});
    await settle();
    s.chat.files.renew('room', 'a');
    await settle();
    expect(urls(s)).toHaveLength(2);
  });

  test('that are not mine to see are none, and what the node has no time for is asked again', async () => {
    const s = await filesScene();
    stored(s, ['a']);
    let refusals = 1;
    s.node.fault = (op) => (op === 'files.urls' && refusals-- > 0 ? 'busy' : undefined);
    const [mine, not] = [s.chat.files.address('room', 'a'), s.chat.files.address('room', 'secret')];
    mine.subscribe(() => {});
    not.subscribe(() => {});
    await s.clock.advance(MINUTE / 6);
    expect([mine.get()?.file, not.get()]).toEqual(['a', undefined]);
    expect(urls(s)).toHaveLength(1);
  });

  test('are fetched once there is a connection', async () => {
    const s = await filesScene();
    stored(s, ['a']);
    s.node.reachable = false;
    s.node.cut();
    const store = s.chat.files.address('room', 'a');
    store.subscribe(() => {});
    await s.clock.advance(MINUTE);
    s.node.reachable = true;
    await s.clock.advance(MINUTE);
    expect(store.get()?.file).toBe('a');
  });
});

const item = (file: string, kind: StoredFile['kind'] = 'image') => ({
  file,
  kind,
  name: file,
  type: 'image/webp',
  size: 1,
  width: 1,
  height: 1,
  duration: null,
  thumbhash: null,
  waveform: null,
  animated: false,
  poster: null,
  caption: null,
});
const media = (file: string, kind?: StoredFile['kind']) => ({
  kind: 'media' as const,
  items: [item(file, kind)],
  text: null,
});

const numbers = (store: SharedStore) => store.get().items.map(({ n }) => n);
const pages = (s: Scene) => s.node.requests.filter(({ op }) => op === 'messages.shared').length;

/** Ann looks at the pictures of a room with texts, pictures and a voice message. */
async function pictures() {
  const s = await filesScene();
  s.log.send('bob', 'm1', 'a text');
  s.log.send('bob', 'm2', media('p2'));
  s.log.send('bob', 'm3', media('v3', 'voice'));
  s.log.send('bob', 'm4', media('p4', 'video'));
  const shared = s.handle.shared('media');
  const stop = shared.subscribe(() => {});
  await settle();
  const say = (id: string, body: Parameters<typeof s.log.send>[2]) =>
    s.node.publish(s.log, s.log.send('bob', id, body).event);
  return { ...s, shared, stop, say };
}

describe('what was shared', () => {
  test('is of one kind, newest first', async () => {
    const s = await pictures();
    expect(s.shared.get()).toMatchObject({ complete: true, loading: false });
    expect(numbers(s.shared)).toEqual([4, 2]);
    s.handle.shared('voice').subscribe(() => {});
    s.say('m5', 'see https://example.com');
    s.handle.shared('link').subscribe(() => {});
    await settle();
    expect([numbers(s.handle.shared('voice')), numbers(s.handle.shared('link'))]).toEqual([[3], [5]]);
    expect(s.handle.shared('media')).toBe(s.shared);
  });

  test('comes in pages, and grows at both ends', async () => {
    const s = await filesScene();
    for (let i = 1; i <= 120; i += 1) s.log.send('bob', `m${i}`, media(`p${i}`));
    const shared = s.handle.shared('media');
    shared.subscribe(() => {});
    await settle();
    expect([numbers(shared).length, shared.get().complete]).toEqual([50, false]);
    await shared.more();
    s.node.publish(s.log, s.log.send('bob', 'm121', media('p121')).event);
    await shared.more();
    await shared.more();
    await settle();
    expect(numbers(shared)).toEqual(Array.from({ length: 121 }, (_, i) => 121 - i));
    expect([shared.get().complete, pages(s)]).toEqual([true, 3]);
  });

  test('is in step with what is sent, recalled, deleted and played', async () => {
    const s = await pictures();
    s.say('m5', media('p5'));
    s.say('m6', 'a text');
    await settle();
    expect(numbers(s.shared)).toEqual([5, 4, 2]);
    s.node.publish(s.log, s.log.recall(2));
    await s.handle.delete([4]);
    await settle();
    expect(numbers(s.shared)).toEqual([5]);
    await s.handle.played(5);
    await settle();
    expect(s.shared.get().items[0]?.played).toBe(true);
    await s.clock.advance(1000);
    s.node.changeSelf('ann', 'room', { clearedN: 5 });
    await settle();
    expect(numbers(s.shared)).toEqual([]);
    expect(pages(s)).toBe(1);
  });

  test('is loaded anew after something was missed, and shows what it had meanwhile', async () => {
    const s = await pictures();
    s.node.reachable = false;
    s.node.cut();
    s.say('m5', media('p5'));
    await s.clock.advance(1000);
    expect(numbers(s.shared)).toEqual([4, 2]);
    s.node.reachable = true;
    await s.clock.advance(60_000);
    expect(numbers(s.shared)).toEqual([5, 4, 2]);
  });

  test('takes in what comes while a page is on its way', async () => {
    const log = new Log('room', ['ann', 'bob']);
    for (const n of [1, 2, 3]) log.send('bob', `m${n}`, media(`p${n}`));
    const page = log.shared('ann', { kind: 'media' });
    const reply = Promise.withResolvers<typeof page>();
    const shared = new Shared({
      conversation: 'room',
      kind: 'media',
      call: (() => reply.promise) as never,
      clock: new ManualClock(),
      hiddenUpTo: () => 0,
    });
    shared.subscribe(() => {});
    log.recall(1);
    shared.heard({ messages: [log.messages[0] as Message, log.send('bob', 'm4', media('p4')).message] });
    shared.heard({ deleted: [2] });
    shared.heard({ played: [3] });
    reply.resolve(page);
    await settle();
    expect(shared.get().items.map(({ n, played }) => [n, played])).toEqual([
      [4, false],
      [3, true],
    ]);
  });

  test('is not mine to see any more once I left', async () => {
    const s = await pictures();
    s.node.leave('ann', 'room');
    await settle();
    expect(numbers(s.shared)).toEqual([]);
  });
});

describe('a message of files', () => {
  test('that names them by their ids is shown as the node has it once it is sent', async () => {
    const s = await filesScene();
    stored(s, ['a']);
    const { id, sent } = s.handle.send({ kind: 'media', items: [{ file: 'a', caption: 'c' }], text: 'look' });
    await sent;
    await settle();
    const row = s.handle.timeline.message(id).get();
    expect(row?.body).toEqual(s.log.messages[0]?.body as never);
    expect(row?.body?.kind === 'media' && row.body.items).toMatchObject([{ file: 'a', caption: 'c' }]);
  });

  test('keeps its files while an edit of its captions is shown ahead', async () => {
    const s = await filesScene();
    const { id, sent } = s.handle.sendFiles([chosen(10, { caption: 'old' })]);
    await s.clock.advance(1000);
    const { n } = await sent;
    const before = s.handle.timeline.message(id).get()?.body;
    const items = before?.kind === 'media' ? before.items : [];
    const change = items.map(({ file }) => ({ file, caption: 'new' }));
    const edited = s.handle.edit(n, { kind: 'media', items: change, text: null });
    const ahead = s.handle.timeline.message(id).get();
    expect(ahead).toMatchObject({
      pending: true,
      body: { items: items.map((one) => ({ ...one, caption: 'new' })) },
    });
    await edited;
    expect(s.handle.timeline.message(id).get()?.body).toEqual(ahead?.body as never);
  });
});

describe('forwarding', () => {
  test('sends the same to each, in order, without a byte', async () => {
    const s = await filesScene();
    const one = s.node.group('one', ['ann', 'bob']);
    const two = s.node.group('two', ['ann', 'bob']);
    s.handle.send('words');
    await s.handle.sendFiles([chosen(1000, { caption: 'a caption' })], { text: 'look' }).sent;
    s.log.send('bob', 'custom', { kind: 'custom', type: 'poll', data: { a: 1 }, fallback: 'a poll' });
    s.node.publish(s.log, s.log.recall(s.log.send('bob', 'gone', 'gone').message.n));
    await s.clock.advance(5000);
    const brought = s.node.files.brought.length;
    const rows = s.handle.timeline.messages().toReversed();
    const sendings = s.handle.forward(rows, ['one', 'two']);
    await Promise.all(sendings.map(({ sent }) => sent));
    const bodies = s.log.messages.slice(0, 3).map(({ body }) => body);
    expect(one.messages.map(({ body }) => body)).toEqual(bodies);
    expect(two.messages.map(({ body }) => body)).toEqual(bodies);
    expect(s.node.files.brought).toHaveLength(brought);
    expect(s.count('conversations.changes')).toBe(1);
  });
});
