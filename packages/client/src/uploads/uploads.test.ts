import { describe, expect, test } from 'bun:test';
import type { OutboxEntry } from '../outbox/outbox.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/storage.ts';
import { settle } from '../testing/clock.ts';
import { bytesOf, chosen, filesScene, MIB, rowOf } from '../testing/files-scene.ts';
import { scene } from '../testing/setup.ts';
import { Browser } from '../testing/tabs.ts';

/** Lets what was begun come to its end. */
const done = (s: Awaited<ReturnType<typeof filesScene>>) => s.clock.advance(5000);
const bytesAt = (s: Awaited<ReturnType<typeof filesScene>>) =>
  [...s.node.files.all.values()].map((f) => f.bytes);
const kept = (storage: Storage) => storage.all('blobs').then((all) => all.length);

describe('a message of files', () => {
  test('is shown at once, brought by tus, and sent when its files are whole', async () => {
    const s = await filesScene();
    const { id, sent } = s.handle.sendFiles([chosen(3 * MIB, { caption: 'the report' })], { text: 'look' });
    let open = () => {};
    s.node.files.gate = new Promise((go) => {
      open = go;
    });
    await settle();
    const row = rowOf(s.handle, id);
    expect(row).toMatchObject({ state: 'sending', n: null, sender: 'ann', played: false });
    expect(row.body).toMatchObject({
      kind: 'media',
      text: 'look',
      items: [{ name: 'report.pdf', size: 3 * MIB, kind: 'file', caption: 'the report' }],
    });
    expect(row.uploads).toMatchObject([{ state: 'uploading', loaded: 0, size: 3 * MIB, error: null }]);
    expect(row.uploads?.[0]?.url).toStartWith('blob:');
    expect(s.log.lastN).toBe(0);
    open();
    await done(s);
    expect(await sent).toMatchObject({ n: 1 });
    expect(bytesAt(s)).toEqual([bytesOf(3 * MIB)]);
    expect(rowOf(s.handle, id)).toMatchObject({ state: 'sent', n: 1, uploads: null });
    expect(rowOf(s.handle, id).body).toEqual(s.log.messages[0]?.body as never);
    expect(s.handle.timeline.get().keys).toEqual([id]);
    expect([s.count('messages.send'), s.count('conversations.changes')]).toEqual([1, 0]);
    expect([await kept(s.storage), (await s.storage.all('outbox')).length]).toEqual([0, 0]);
  });

  test('keeps what it shows from this device for a while', async () => {
    const s = await filesScene();
    let open = () => {};
    s.node.files.gate = new Promise((go) => {
      open = go;
    });
    const { id } = s.handle.sendFiles([chosen(10)]);
    await settle();
    const upload = rowOf(s.handle, id).uploads?.[0];
    open();
    await done(s);
    expect(s.chat.files.local(upload?.file ?? '')).toBe(upload?.url as string);
    expect(s.chat.files.local('another')).toBeNull();
  });

  test('tells how far it is', async () => {
    const s = await filesScene();
    const { id, sent } = s.handle.sendFiles([chosen(4 * MIB)]);
    const seen = new Set<number | undefined>();
    s.handle.timeline.message(id).subscribe(() => {
      seen.add(s.handle.timeline.message(id).get()?.uploads?.[0]?.loaded);
    });
    const bring = s.node.files.bring.bind(s.node.files);
    s.node.files.bring = async (url, init) => {
      await s.clock.advance(200);
      return bring(url, init);
    };
    await sent;
    expect([...seen]).toEqual([0, MIB, 2 * MIB, 3 * MIB, 4 * MIB]);
  });

  test('is refused at once when it has no file or too many', async () => {
    const s = await filesScene();
    await expect(s.handle.sendFiles([]).sent).rejects.toMatchObject({ code: 'invalid_input' });
    const many = Array.from({ length: 21 }, () => chosen(1));
    await expect(s.handle.sendFiles(many).sent).rejects.toMatchObject({ code: 'invalid_input' });
    expect(s.handle.timeline.get().keys).toEqual([]);
  });

  test('brings two files at the same time, and all of an album before it is sent', async () => {
    const s = await filesScene();
    const { sent } = s.handle.sendFiles([1, 2, 3, 4, 5].map((size) => chosen(size * 1000)));
    let open = () => {};
    s.node.files.gate = new Promise((go) => {
      open = go;
    });
    await settle();
    expect(s.count('files.create')).toBe(2);
    open();
    await done(s);
    await sent;
    expect(s.node.files.most).toBe(2);
    expect(bytesAt(s).map((bytes) => bytes.length)).toEqual([1000, 2000, 3000, 4000, 5000]);
    expect(s.log.messages.map((m) => m.body?.kind === 'media' && m.body.items.length)).toEqual([5]);
  });

  test('brings the still of a video before the video', async () => {
    const s = await filesScene();
    const poster = new Blob([bytesOf(500)], { type: 'image/webp' });
    const video = chosen(2000, { kind: 'video', name: 'film.mp4', width: 4, height: 3, duration: 9, poster });
    const { sent } = s.handle.sendFiles([video]);
    await done(s);
    await sent;
    const ops = s.node.requests
      .filter(({ op }) => op.startsWith('files.'))
      .map(({ op, input }) => [op, (input as never as { kind?: string }).kind]);
    expect(ops).toEqual([
      ['files.create', 'image'],
      ['files.finish', undefined],
      ['files.create', 'video'],
      ['files.finish', undefined],
    ]);
    const body = s.log.messages[0]?.body;
    expect(body?.kind === 'media' && body.items[0]).toMatchObject({
      kind: 'video',
      duration: 9,
      poster: expect.any(String),
    });
    expect(await kept(s.storage)).toBe(0);
  });

  test('goes in parts straight to the store where the node says so, and only those that are missing', async () => {
    const s = await filesScene();
    s.node.files.by = 'parts';
    let puts = 0;
    s.node.files.fault = (method) => {
      puts += 1;
      return method === 'PUT' && puts === 3 ? 'noAnswer' : undefined;
    };
    const { sent } = s.handle.sendFiles([chosen(4.5 * MIB)]);
    await done(s);
    await sent;
    expect(bytesAt(s)).toEqual([bytesOf(4.5 * MIB)]);
    expect(s.node.files.brought.map(({ from }) => from / MIB)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('order', () => {
  test('a text overtakes files; files stay in their order', async () => {
    const s = await filesScene();
    let open = () => {};
    s.node.files.gate = new Promise((go) => {
      open = go;
    });
    s.handle.sendFiles([chosen(3000, { name: 'first' })]);
    s.handle.sendFiles([chosen(10, { name: 'second' })]);
    await settle();
    s.handle.send('a text');
    await settle();
    expect(s.log.messages.map((m) => m.body?.kind)).toEqual(['text']);
    open();
    await done(s);
    const names = s.log.messages.map((m) => (m.body?.kind === 'media' ? m.body.items[0]?.name : 'text'));
    expect(names).toEqual(['text', 'first', 'second']);
  });

  test('a paused, failed or missing one holds nobody up', async () => {
    const s = await filesScene();
    s.node.files.fault = (_, file) => (s.node.files.all.get(file)?.name === 'slow' ? 'lost' : undefined);
    const slow = s.handle.sendFiles([chosen(3000, { name: 'slow' })]);
    const quick = s.handle.sendFiles([chosen(10, { name: 'quick' })]);
    await s.clock.advance(20_000);
    expect(s.log.lastN).toBe(0);
    s.handle.pauseUpload(slow.id);
    await settle();
    expect(rowOf(s.handle, slow.id)).toMatchObject({ state: 'sending', uploads: [{ state: 'paused' }] });
    expect(await quick.sent).toMatchObject({ n: 1 });
    s.node.files.fault = () => undefined;
    s.handle.resumeUpload(slow.id);
    await done(s);
    expect(await slow.sent).toMatchObject({ n: 2 });
  });
});

describe('what goes wrong', () => {
  test('a cut in the middle goes on where the node stands', async () => {
    const s = await filesScene();
    let patches = 0;
    s.node.files.fault = (method) => {
      if (method === 'PATCH') patches += 1;
      return method === 'PATCH' && patches === 2 ? 'half' : undefined;
    };
    const { sent } = s.handle.sendFiles([chosen(3 * MIB)]);
    await done(s);
    await sent;
    expect(bytesAt(s)).toEqual([bytesOf(3 * MIB)]);
    expect(s.node.files.brought.map(({ from }) => from / MIB)).toEqual([0, 1, 1.5, 2.5]);
  });

  test('without a network it waits, and goes on at once when there is one', async () => {
    const s = await filesScene();
    s.node.reachable = false;
    s.node.cut();
    const { id, sent } = s.handle.sendFiles([chosen(1000)]);
    await s.clock.advance(60_000);
    expect(rowOf(s.handle, id)).toMatchObject({ state: 'sending', uploads: [{ state: 'waiting' }] });
    s.node.reachable = true;
    await s.clock.advance(60_000);
    expect(await sent).toMatchObject({ n: 1 });
  });

  test('an access token that ran out is replaced, in the middle too', async () => {
    const s = await filesScene();
    let patches = 0;
    s.node.files.fault = (method) => {
      if (method === 'PATCH' && ++patches === 2) s.node.files.lapsed.add('ann.1');
      return undefined;
    };
    const { sent } = s.handle.sendFiles([chosen(3 * MIB)]);
    await done(s);
    await sent;
    expect(s.count('auth.refresh')).toBe(1);
    expect(bytesAt(s)).toEqual([bytesOf(3 * MIB)]);
  });

  test.each(['rejected', 'too_large', 'limit_reached'] as const)('%s fails it for good', async (code) => {
    const s = await filesScene();
    let asked = 0;
    const op = code === 'rejected' ? 'files.finish' : 'files.create';
    s.node.fault = (one) => (one === op && ++asked > 0 ? code : undefined);
    const { id, sent } = s.handle.sendFiles([chosen(1000)]);
    await s.clock.advance(120_000);
    await expect(sent).rejects.toMatchObject({ code });
    expect(rowOf(s.handle, id)).toMatchObject({
      state: 'failed',
      error: { code },
      uploads: [{ state: 'failed', error: { code } }],
    });
    expect(asked).toBe(1);
    s.node.fault = () => undefined;
    s.handle.retry(id);
    await done(s);
    expect(rowOf(s.handle, id)).toMatchObject({ state: 'sent', uploads: null });
    expect(s.node.files.brought).toHaveLength(1);
  });

  test.each(['busy', 'internal', 'rate_limited'] as const)(
    '%s is repeated, ever less often',
    async (code) => {
      const s = await filesScene();
      let tries = 0;
      s.node.fault = (op) => (op === 'files.create' && ++tries > 0 ? code : undefined);
      const { sent } = s.handle.sendFiles([chosen(1000)]);
      await s.clock.advance(60_000);
      expect(tries).toBeGreaterThan(3);
      expect(tries).toBeLessThan(15);
      s.node.fault = () => undefined;
      await s.clock.advance(30_000);
      expect(await sent).toMatchObject({ n: 1 });
    },
  );

  test.each(['files.finish conflict', 'files.finish not_found', 'PATCH conflict', 'HEAD not_found'])(
    '%s, once the upload was created, begins it again',
    async (refusal) => {
      const s = await filesScene();
      const [what, code] = refusal.split(' ') as [string, 'conflict' | 'not_found'];
      let times = 1;
      const refuse = (one: string) => (one === what && times-- > 0 ? code : undefined);
      s.node.fault = refuse;
      s.node.files.fault = refuse;
      const { sent } = s.handle.sendFiles([chosen(1000)]);
      await done(s);
      expect(await sent).toMatchObject({ n: 1 });
      expect(s.count('files.create')).toBe(2);
    },
  );

  test('an upload that the node forgot begins again', async () => {
    const s = await filesScene();
    let patches = 0;
    s.node.files.fault = (method, file) => {
      if (method === 'PATCH' && ++patches === 2) s.node.files.all.delete(file);
      return undefined;
    };
    const { sent } = s.handle.sendFiles([chosen(2 * MIB)]);
    await done(s);
    await sent;
    expect(bytesAt(s)).toEqual([bytesOf(2 * MIB)]);
  });

  test('bytes that do not get anywhere are given up and sent again', async () => {
    const s = await filesScene();
    s.node.files.gate = new Promise(() => {});
    const { sent } = s.handle.sendFiles([chosen(1000)]);
    await s.clock.advance(59_000);
    expect(s.count('files.create')).toBe(1);
    s.node.files.gate = Promise.resolve();
    await s.clock.advance(5000);
    expect(await sent).toMatchObject({ n: 1 });
    expect(s.count('files.create')).toBe(2);
  });
});

describe('pause, resume and discard', () => {
  test('a paused upload stops at once and goes on where it was', async () => {
    const s = await filesScene();
    let patches = 0;
    s.node.files.fault = (method) => {
      if (method === 'PATCH' && ++patches === 2) s.node.files.gate = new Promise(() => {});
      return undefined;
    };
    const { id, sent } = s.handle.sendFiles([chosen(3 * MIB)]);
    await settle();
    s.handle.pauseUpload(id);
    await s.clock.advance(100_000);
    expect(rowOf(s.handle, id).uploads).toMatchObject([{ state: 'paused', loaded: MIB }]);
    s.node.files.gate = Promise.resolve();
    s.handle.resumeUpload(id);
    await done(s);
    await sent;
    expect(s.node.files.brought.map(({ from }) => from / MIB)).toEqual([0, 1, 2]);
  });

  test('a discarded one is forgotten here and at the node', async () => {
    const s = await filesScene();
    s.node.files.gate = new Promise(() => {});
    const { id, sent } = s.handle.sendFiles([chosen(1000), chosen(2000)]);
    await settle();
    s.handle.discard(id);
    await expect(sent).rejects.toMatchObject({ name: 'Discarded' });
    await done(s);
    expect(s.handle.timeline.get().keys).toEqual([]);
    expect(s.node.files.cancelled).toHaveLength(2);
    expect(s.log.lastN).toBe(0);
    expect([await kept(s.storage), (await s.storage.all('outbox')).length]).toEqual([0, 0]);
  });
});

describe('[L2] [L4] a reload', () => {
  test('in the middle of an upload goes on where the node stands', async () => {
    const s = await filesScene();
    let patches = 0;
    s.node.files.fault = (method) => (method === 'PATCH' && ++patches > 1 ? 'lost' : undefined);
    const { id } = s.handle.sendFiles([chosen(3 * MIB)]);
    await settle();
    await s.chat.disconnect();
    s.node.files.fault = () => undefined;
    const again = await s.reload();
    await done(s);
    expect(s.log.messages.map((m) => m.id)).toEqual([id]);
    expect(s.node.files.brought.map(({ from }) => from / MIB)).toEqual([0, 1, 2]);
    expect(rowOf(again.handle, id)).toMatchObject({ state: 'sent', n: 1 });
    expect(await kept(s.storage)).toBe(0);
  });

  test('stays paused', async () => {
    const s = await filesScene();
    s.node.files.gate = new Promise(() => {});
    const { id } = s.handle.sendFiles([chosen(1000)]);
    await settle();
    s.handle.pauseUpload(id);
    await settle();
    await s.chat.disconnect();
    s.node.files.gate = Promise.resolve();
    const again = await s.reload();
    await s.clock.advance(60_000);
    expect(rowOf(again.handle, id)).toMatchObject({
      uploads: [{ state: 'paused', url: expect.any(String) }],
    });
    again.handle.resumeUpload(id);
    await done(s);
    expect(s.log.messages.map((m) => m.id)).toEqual([id]);
  });

  test('between the last file and the message sends it once and brings nothing again', async () => {
    const s = await filesScene();
    s.node.fault = (op) => (op === 'messages.send' ? 'lost' : undefined);
    const { id } = s.handle.sendFiles([chosen(MIB), chosen(1000)]);
    await settle();
    await s.chat.disconnect();
    s.node.fault = () => undefined;
    const created = s.count('files.create');
    const again = await s.reload();
    await done(s);
    expect(s.log.messages.map((m) => m.id)).toEqual([id]);
    expect(s.count('files.create')).toBe(created);
    expect(rowOf(again.handle, id).body).toEqual(s.log.messages[0]?.body as never);
  });

  test('between the message and its acknowledgement is one message, though it was recalled elsewhere', async () => {
    const s = await filesScene();
    s.node.fault = (op) => (op === 'messages.send' ? 'noAnswer' : undefined);
    const { id } = s.handle.sendFiles([chosen(1000)]);
    await settle();
    await s.chat.disconnect();
    s.node.fault = () => undefined;
    s.node.publish(s.log, s.log.recall(1));
    s.node.files.all.clear();
    const brought = s.node.files.brought.length;
    const again = await s.reload();
    await done(s);
    expect(s.log.lastN).toBe(1);
    expect(rowOf(again.handle, id)).toMatchObject({ state: 'sent', n: 1, body: null });
    expect(s.node.files.brought).toHaveLength(brought);
    expect(await kept(s.storage)).toBe(0);
  });

  test('shows a message that was refused although its files were whole', async () => {
    const s = await filesScene();
    s.node.fault = (op) => (op === 'messages.send' ? 'forbidden' : undefined);
    const { id, sent } = s.handle.sendFiles([chosen(1000)]);
    await Promise.all([done(s), expect(sent).rejects.toMatchObject({ code: 'forbidden' })]);
    const again = s.client({ storage: s.storage });
    await again.connect();
    const { timeline } = again.conversation('room');
    timeline.subscribe(() => {});
    await settle();
    expect(timeline.message(id).get()).toMatchObject({
      state: 'failed',
      uploads: [{ state: 'done', size: 1000 }],
    });
  });

  test('after the node swept the files brings them once more', async () => {
    const s = await filesScene();
    s.node.fault = (op) => (op === 'messages.send' ? 'lost' : undefined);
    const { id } = s.handle.sendFiles([chosen(1000)]);
    await settle();
    await s.chat.disconnect();
    s.node.fault = () => undefined;
    s.node.files.all.clear();
    await s.reload();
    await done(s);
    expect(s.log.messages.map((m) => m.id)).toEqual([id]);
    expect(s.node.files.brought).toHaveLength(2);
  });

  test('where storage had no room asks for the file again; the same one goes on, another one begins anew', async () => {
    for (const other of [false, true]) {
      const s = await filesScene();
      const full: Storage = {
        ...memoryStorage(),
        get: s.storage.get,
        all: s.storage.all,
        transaction: async (changes) => {
          if (changes.some((change) => 'put' in change && change.put === 'blobs'))
            throw new DOMException('full', 'QuotaExceededError');
          return s.storage.transaction(changes);
        },
      };
      const small = await s.reload(full);
      await s.chat.disconnect();
      let patches = 0;
      s.node.files.fault = (method) => (method === 'PATCH' && ++patches > 1 ? 'lost' : undefined);
      const first = new File([bytesOf(2 * MIB)], 'a.bin', { lastModified: 5 });
      const { id } = small.handle.sendFiles([chosen(0, { blob: first, name: 'a.bin', caption: 'c' })]);
      await settle();
      await small.chat.disconnect();
      s.node.files.fault = () => undefined;
      const again = await s.reload(full);
      await done(s);
      expect(rowOf(again.handle, id)).toMatchObject({
        state: 'failed',
        error: null,
        uploads: [{ state: 'missing', url: null }],
      });
      const { file } = rowOf(again.handle, id).uploads?.[0] ?? { file: '' };
      const blob = other ? new File([bytesOf(3000, 9)], 'b.bin', { lastModified: 6 }) : first;
      again.handle.chooseAgain(id, file, { blob, kind: 'file', name: blob.name });
      await done(s);
      expect(s.log.messages.map((m) => m.id)).toEqual([id]);
      const body = s.log.messages[0]?.body;
      const item = body?.kind === 'media' ? body.items[0] : undefined;
      expect(item).toMatchObject({ name: blob.name, caption: 'c' });
      expect(s.node.files.all.get(item?.file ?? '')?.bytes).toEqual(new Uint8Array(await blob.arrayBuffer()));
      expect(s.node.files.brought.map(({ from }) => from / MIB)).toEqual(other ? [0, 0] : [0, 1]);
    }
  });
});

describe('one file of several', () => {
  const named = (name: string) => chosen(3 * MIB, { name, caption: `of ${name}` });
  const filesOf = (s: Awaited<ReturnType<typeof filesScene>>, id: string) =>
    (rowOf(s.handle, id).uploads ?? []).map(({ file }) => file);
  /** A message of three files, of which none gets far. */
  async function three() {
    const s = await filesScene();
    let open = () => {};
    s.node.files.gate = new Promise((go) => {
      open = go;
    });
    const sending = s.handle.sendFiles(['a', 'b', 'c'].map(named), { text: 'All of it' });
    await settle();
    return { s, open, ...sending };
  }

  test('is taken out of its message, whether it is under way or waits; the others are sent', async () => {
    const { s, open, id, sent } = await three();
    const [first, second, third] = filesOf(s, id) as [string, string, string];
    s.handle.discardFile(id, first);
    await settle();
    expect(filesOf(s, id)).toEqual([second, third]);
    expect([await kept(s.storage), s.count('files.cancel')]).toEqual([2, 1]);
    s.handle.discardFile(id, third);
    s.handle.discardFile(id, 'none');
    open();
    await done(s);
    expect(await sent).toMatchObject({ n: 1 });
    expect(s.log.messages[0]?.body).toMatchObject({
      text: 'All of it',
      items: [{ file: second, caption: 'of b' }],
    });
    expect(s.log.messages[0]?.body).toHaveProperty('items.length', 1);
    expect([await kept(s.storage), (await s.storage.all('outbox')).length]).toEqual([0, 0]);
  });

  test('takes its message along when it is the last, and changes nothing once all were brought', async () => {
    const { s, open, id, sent } = await three();
    for (const file of filesOf(s, id)) s.handle.discardFile(id, file);
    open();
    await done(s);
    await expect(sent).rejects.toMatchObject({ name: 'Discarded' });
    expect([s.handle.timeline.get().keys, s.log.lastN]).toEqual([[], 0]);
    expect([await kept(s.storage), (await s.storage.all('outbox')).length]).toEqual([0, 0]);

    const whole = s.handle.sendFiles([named('d'), named('e')]);
    await settle();
    const [one] = filesOf(s, whole.id) as [string];
    await done(s);
    s.handle.discardFile(whole.id, one);
    await done(s);
    expect(s.log.messages.map((m) => m.body?.kind === 'media' && m.body.items.length)).toEqual([2]);
  });
});

test('signing out forgets files that were not sent', async () => {
  const s = await filesScene();
  s.node.files.gate = new Promise(() => {});
  s.handle.sendFiles([chosen(1000)]);
  await settle();
  expect(await kept(s.storage)).toBe(1);
  await s.chat.signOut();
  expect(await kept(s.storage)).toBe(0);
});

describe('tabs', () => {
  /** Two tabs of Ann over one storage, which both look at the room; the first one leads. */
  async function tabs() {
    const s = scene();
    const log = s.node.group('room', ['ann', 'bob']);
    const browser = new Browser();
    const storage = { ...memoryStorage(), shared: 'test' };
    const open = async (name: string) => {
      const chat = s.client({ storage, ...browser.tab(name) });
      await (name === 'first' ? chat.signIn({ token: 'ann' }) : chat.connect());
      await settle();
      const handle = chat.conversation('room');
      handle.timeline.subscribe(() => {});
      await settle();
      return { chat, handle };
    };
    const [first, second] = [await open('first'), await open('second')];
    return { ...s, log, browser, storage, first, second };
  }

  test('the leader brings what a follower chose, and both see how far it is', async () => {
    const s = await tabs();
    let patches = 0;
    const second = Promise.withResolvers<void>();
    s.node.files.fault = (method) => {
      if (method !== 'PATCH' || ++patches !== 2) return undefined;
      s.node.files.gate = new Promise(() => {});
      second.resolve();
      return undefined;
    };
    const { id, sent } = s.second.handle.sendFiles([chosen(2 * MIB)]);
    await second.promise;
    await settle();
    for (const { handle } of [s.first, s.second])
      expect(rowOf(handle, id)).toMatchObject({
        state: 'sending',
        uploads: [{ state: 'uploading' }],
      });
    s.second.handle.pauseUpload(id);
    await s.clock.advance(1000);
    for (const { handle } of [s.first, s.second])
      expect(rowOf(handle, id).uploads).toMatchObject([{ state: 'paused', loaded: MIB }]);
    s.node.files.gate = Promise.resolve();
    s.first.handle.resumeUpload(id);
    await s.clock.advance(1000);
    expect(await sent).toMatchObject({ n: 1 });
    for (const { handle } of [s.first, s.second])
      expect(rowOf(handle, id)).toMatchObject({ state: 'sent', uploads: null });
    expect(s.node.files.brought.map(({ from }) => from / MIB)).toEqual([0, 1]);
    expect(await s.storage.all('blobs')).toEqual([]);
  });

  test('[L2] a change of another tab that comes late does not bring back what was sent', async () => {
    const s = await tabs();
    s.node.files.gate = new Promise(() => {});
    const { id } = s.second.handle.sendFiles([chosen(1000)]);
    await settle();
    const [entry] = (await s.storage.all('outbox')) as OutboxEntry[];
    s.second.handle.pauseUpload(id);
    s.node.files.gate = Promise.resolve();
    s.second.handle.resumeUpload(id);
    await s.clock.advance(5000);
    expect(s.log.messages.map((m) => m.id)).toEqual([id]);
    await s.storage.transaction([{ put: 'outbox', key: id, value: entry }]);
    const third = s.browser.tab('third').channel('inlay:test');
    third.postMessage({ say: 'note', note: { note: 'outbox.put', entry } });
    await s.clock.advance(60_000);
    expect(await s.storage.all('outbox')).toEqual([]);
    expect(s.first.handle.timeline.get().keys).toEqual([id]);
    expect(s.node.requests.filter(({ op }) => op === 'messages.send')).toHaveLength(1);
  });

  test('[L4] another tab goes on when the leader dies', async () => {
    const s = await tabs();
    let patches = 0;
    s.node.files.fault = (method) => {
      if (method === 'PATCH' && ++patches === 2) s.node.files.gate = new Promise(() => {});
      return undefined;
    };
    const { id } = s.first.handle.sendFiles([chosen(3 * MIB)]);
    await settle();
    s.browser.kill('first');
    s.node.cut();
    s.node.files.gate = Promise.resolve();
    await s.clock.advance(5000);
    expect(s.log.messages.map((m) => m.id)).toEqual([id]);
    expect(rowOf(s.second.handle, id)).toMatchObject({ state: 'sent', n: 1 });
    expect([...s.node.files.all.values()].map(({ bytes }) => bytes)).toEqual([bytesOf(3 * MIB)]);
  });
});
