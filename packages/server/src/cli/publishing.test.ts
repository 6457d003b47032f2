import { afterAll, beforeAll, expect, test } from 'bun:test';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '@inlay-im/protocol';
import { cli, dataFolder, startCli } from '../testing/cli.ts';
import { moving, picture } from '../testing/images.ts';
import { INKY } from './stickers.ts';

const data = dataFolder();
const at = (name: string): string => join(data, name);
let node: Awaited<ReturnType<typeof startCli>>;
let authorization = '';

const run = (...args: string[]) => cli(args, { INLAY_DATA: data });

beforeAll(async () => {
  node = await startCli(data);
  const { out } = await run('token', 'ann');
  const signedIn = await fetch(`${node.url}/v1/auth.signInWithToken`, {
    method: 'POST',
    body: JSON.stringify({ token: out.trim(), device: 'test' }),
  });
  authorization = `Bearer ${(await signedIn.json()).accessToken}`;
  writeFileSync(at('party.gif'), await moving('gif'));
  writeFileSync(at('wide.png'), await picture('png', { width: LIMITS.stickerSide + 1, height: 20 }));
  writeFileSync(at('words.png'), 'No picture at all.');
  writeFileSync(at('empty.png'), '');
  mkdirSync(at('folder.png'));
});
afterAll(async () => {
  await node.stop();
  rmSync(data, { recursive: true, force: true });
});

async function published(): Promise<{ emoji: string[]; packs: string[] }> {
  const get = async (op: string) => {
    const answer = await fetch(`${node.url}/v1/${op}`, {
      method: 'POST',
      body: '{}',
      headers: { authorization },
    });
    return await answer.json();
  };
  const { emoji } = await get('emoji.list');
  const { packs } = await get('stickers.packs');
  return {
    emoji: emoji.map((one: { name: string }) => one.name),
    packs: packs.map((one: { title: string; stickers: [] }) => `${one.title} ${one.stickers.length}`),
  };
}

/** Runs a command that must be refused in one line; gives it. */
async function refused(...args: string[]): Promise<string> {
  const { out, err, code } = await run(...args);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^[^\n]+\n$/);
  return err.trim();
}

/** A folder of two stickers with this list beside them. */
function folderOf(name: string, list: unknown, second = at('party.gif')): string {
  const folder = at(name);
  mkdirSync(folder);
  cpSync(at('party.gif'), join(folder, 'one.gif'));
  cpSync(second, join(folder, 'two.gif'));
  writeFileSync(join(folder, 'pack.json'), typeof list === 'string' ? list : JSON.stringify(list));
  return folder;
}

const PACK = {
  id: 'cats',
  title: 'Cats',
  stickers: [
    { id: 'hello', emoji: '👋', file: 'one.gif' },
    { id: 'bye', emoji: '🌙', file: 'two.gif' },
  ],
};

test('an emoji that is wrong in any way is refused in one line, and none comes of it', async () => {
  const add = (name: string, file: string, ...more: string[]) =>
    refused('emoji', 'add', name, at(file), ...more);
  expect(await add('party', 'nowhere.png')).toBe(`There is no file ${at('nowhere.png')}.`);
  expect(await add('party', 'folder.png')).toBe(`${at('folder.png')} is no file: expected an image.`);
  expect(await add('party', 'words.png')).toStartWith('words.png: The file was refused');
  expect(await add('party', 'empty.png')).toStartWith('empty.png: ');
  expect(await add('party', 'wide.png')).toStartWith(
    `wide.png: file: expected at most ${LIMITS.emojiBytes} bytes, and ${LIMITS.emojiSide} pixels a side`,
  );
  expect(await add('party', 'party.gif', '--app', 'none')).toContain('There is no app "none"');
  expect(await add('Party!', 'party.gif')).toStartWith('"Party!": an emoji has a name of 1 to 32');
  expect(await refused('emoji', 'add', 'party')).toContain("missing required argument 'file'");
  expect((await published()).emoji).toEqual([]);
  expect(await run('emoji', 'add', ':party:', at('party.gif'))).toEqual({
    out: ':party: is an emoji of the app "default".\n',
    err: '',
    code: 0,
  });
  expect((await published()).emoji).toEqual(['party']);
});

test('a pack that is wrong in any part is refused in one line, and no part of it is published', async () => {
  const add = (folder: string, ...more: string[]) => refused('stickers', 'add', folder, ...more);
  expect(await add(at('nowhere'))).toBe(`There is no file ${at('nowhere/pack.json')}.`);
  expect(await add(folderOf('broken', '{'))).toContain('it is no JSON');
  expect(await add(folderOf('nameless', { ...PACK, title: '' }))).toContain('pack.json: title: ');
  expect(await add(folderOf('bad-id', { ...PACK, id: 'no spaces' }))).toContain('pack.json: id: ');
  const outside = [{ ...PACK.stickers[0], file: '../party.gif' }];
  expect(await add(folderOf('outside', { ...PACK, stickers: outside }))).toContain('stickers.0.file: ');
  const missing = [PACK.stickers[0], { ...PACK.stickers[1], file: 'three.gif' }];
  expect(await add(folderOf('missing', { ...PACK, stickers: missing }))).toBe(
    `There is no file ${at('missing/three.gif')}.`,
  );
  expect(await add(folderOf('wrong', PACK, at('words.png')))).toStartWith('two.gif: The file was refused');
  expect(await add(folderOf('wide', PACK, at('wide.png')))).toContain(
    `expected at most ${LIMITS.stickerBytes} bytes, and ${LIMITS.stickerSide} pixels a side`,
  );
  const twice = [PACK.stickers[0], { ...PACK.stickers[1], id: 'hello' }];
  expect(await add(folderOf('twice', { ...PACK, stickers: twice }))).toContain(
    'pack.json: stickers: expected each id once',
  );
  const many = Array.from({ length: LIMITS.stickersPerPack + 1 }, (_, i) => ({
    ...PACK.stickers[0],
    id: `s${i}`,
  }));
  expect(await add(folderOf('many', { ...PACK, stickers: many }))).toContain('pack.json: stickers: ');
  expect(await add(INKY, '--app', 'none')).toContain('There is no app "none"');
  expect((await published()).packs).toEqual([]);
  const { out, code } = await run('stickers', 'add', folderOf('cats', PACK));
  expect([out, code]).toEqual(['"Cats" (cats) with 2 stickers is a pack of the app "default".\n', 0]);
  await add(at('wide'));
  expect((await published()).packs).toEqual(['Cats 2']);
});

test('an app has a picture in squares, another one, and none; what is no picture changes nothing', async () => {
  const app = async () => {
    const answer = await fetch(`${node.url}/v1/apps.get`, { method: 'POST', body: '{"app":"shop"}' });
    return (await answer.json()).app;
  };
  const set = (file: string, ...more: string[]) =>
    refused('apps', 'avatar', 'shop', ...(file === '' ? [] : [at(file)]), ...more);
  expect((await run('apps', 'create', 'shop', '--name', 'The shop')).code).toBe(0);
  writeFileSync(at('sign.png'), await picture('png', { width: 300, height: 200 }));
  expect(await run('apps', 'avatar', 'shop', at('sign.png'))).toEqual({
    out: 'The app "shop" has a new picture.\n',
    err: '',
    code: 0,
  });
  const { avatar, ...rest } = await app();
  expect(rest).toEqual({ id: 'shop', name: 'The shop' });
  const small = await fetch(`${node.url}${avatar}/64`);
  expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect(small.headers.get('cache-control')).toContain('immutable');
  expect(await set('nowhere.png')).toBe(`There is no file ${at('nowhere.png')}.`);
  expect(await set('words.png')).toStartWith('words.png: The file was refused');
  expect(await set('')).toBe('Expected either an image or --remove.');
  expect(await set('sign.png', '--remove')).toBe('Expected either an image or --remove.');
  expect(await refused('apps', 'avatar', 'none', at('sign.png'))).toContain('There is no app "none"');
  expect((await fetch(`${node.url}${avatar}`)).status).toBe(200);
  expect((await run('apps', 'avatar', 'shop', '--remove')).code).toBe(0);
  expect((await fetch(`${node.url}${avatar}`)).status).toBe(404);
});
