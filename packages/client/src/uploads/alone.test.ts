import { expect, test } from 'bun:test';
import { settle } from '../testing/clock.ts';
import { bytesOf, chosen, filesScene, MIB } from '../testing/files-scene.ts';

const FILE = '019b0000-0000-7000-8000-000000000001';

test('a file that no message carries is brought, and tells how far it is', async () => {
  const s = await filesScene();
  const heard: number[] = [];
  const file = chosen(2 * MIB, { kind: 'image', name: 'me.webp' });
  const uploading = s.chat.files.upload(file, { progress: (loaded) => heard.push(loaded) });
  await s.clock.advance(5000);
  const stored = await uploading;
  expect(stored).toMatchObject({ kind: 'image', name: 'me.webp', size: 2 * MIB });
  expect(s.node.files.all.get(stored.file)?.bytes).toEqual(bytesOf(2 * MIB));
  expect(heard.at(-1)).toBe(2 * MIB);
  expect([s.count('messages.send'), (await s.storage.all('blobs')).length]).toEqual([0, 0]);
});

test('it goes on after the connection was lost', async () => {
  const s = await filesScene();
  const bring = s.node.files.bring.bind(s.node.files);
  let failures = 2;
  s.node.files.bring = async (url, init) => {
    if (init.method === 'PATCH' && failures-- > 0) throw new TypeError('no network');
    return bring(url, init);
  };
  const uploading = s.chat.files.upload(chosen(1000));
  await s.clock.advance(60_000);
  expect(s.node.files.all.get((await uploading).file)?.bytes).toEqual(bytesOf(1000));
});

test('it is given up by who began it, and forgotten by the node', async () => {
  const s = await filesScene();
  s.node.files.gate = new Promise(() => {});
  const abort = new AbortController();
  const uploading = s.chat.files.upload(chosen(1000), { signal: abort.signal });
  await settle();
  abort.abort();
  await expect(uploading).rejects.toBe(abort.signal.reason);
  await settle();
  expect(s.count('files.cancel')).toBe(1);
  await expect(s.chat.files.upload(chosen(1), { signal: abort.signal })).rejects.toBe(abort.signal.reason);
});

test('what the node refuses fails, and holds up nothing after it', async () => {
  const s = await filesScene();
  const { fault } = s.node.files;
  s.node.files.fault = () => 'limit_reached';
  const refused = s.chat.files.upload(chosen(10)).then(
    () => 'went through',
    (error: { code: string }) => error.code,
  );
  await s.clock.advance(5000);
  expect(await refused).toBe('limit_reached');
  s.node.files.fault = fault;
  const next = s.chat.files.upload(chosen(10));
  await s.clock.advance(5000);
  expect((await next).size).toBe(10);
});

test('addresses of pictures are absolute, of a size that fills the element', async () => {
  const { chat } = await filesScene();
  expect(chat.resolve('https://example.com/a.png', 64)).toBe('https://example.com/a.png');
  expect([chat.resolve(`/avatars/${FILE}`, 65), chat.resolve(`/avatars/${FILE}`)]).toEqual([
    `http://node.test/avatars/${FILE}/128`,
    `http://node.test/avatars/${FILE}/512`,
  ]);
});
