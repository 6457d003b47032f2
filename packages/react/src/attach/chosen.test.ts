import { expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol/rules';
import { type Chosen, changed } from './chosen.ts';
import { kindOf } from './kinds.ts';
import { messagesOf } from './messages.ts';

const one = (id: number, over: Partial<Chosen> = {}): Chosen => ({
  id,
  file: new File(['x'], `${id}.png`, { type: 'image/png' }),
  url: '',
  caption: '',
  seen: { kind: 'image', width: 4, height: 3 },
  kind: 'image',
  ...over,
});
const ids = (all: readonly Chosen[]) => all.map(({ id }) => id);
const three = [one(1), one(2), one(3)];

test('what is moved takes the place, and the others give way; beyond the ends there is none', () => {
  expect(ids(changed(three, { do: 'move', id: 3, to: 0 }))).toEqual([3, 1, 2]);
  expect(ids(changed(three, { do: 'move', id: 1, to: 1 }))).toEqual([2, 1, 3]);
  expect(changed(three, { do: 'move', id: 1, to: -1 })).toBe(three);
  expect(changed(three, { do: 'move', id: 3, to: 3 })).toBe(three);
  expect(changed(three, { do: 'move', id: 9, to: 1 })).toBe(three);
});

test('what looks like an image and is none is a file once it was looked at', () => {
  const all = changed([one(1, { seen: undefined })], { do: 'see', id: 1, seen: { kind: 'file' } });
  expect(all[0]?.kind).toBe('file');
});

test.each([
  ['image/jpeg', 'image'],
  ['image/heic', 'file'],
  ['image/svg+xml', 'file'],
  ['video/webm;codecs=vp9', 'video'],
  ['audio/mpeg', 'file'],
  ['', 'file'],
] as const)('%s is shown as %s', (type, kind) => {
  expect(kindOf(type)).toBe(kind);
});

test('media with what was seen of them; as files they are untouched, and nothing is said of them', () => {
  const [[media]] = messagesOf([one(1)], { as: 'media', each: false }) as [[object]];
  expect(media).toMatchObject({ kind: 'image', name: '1.png', width: 4, height: 3 });
  const [[file]] = messagesOf([one(1)], { as: 'files', each: false }) as [[object]];
  expect(file).toEqual({ kind: 'file', name: '1.png', blob: expect.any(File) });
});

test('captions are sent where each has its own, and only those that say something', () => {
  const all = [one(1, { caption: ' roof ' }), one(2, { caption: '  ' })];
  const captions = (each: boolean) => messagesOf(all, { as: 'media', each })[0]?.map((f) => f.caption);
  expect(captions(true)).toEqual(['roof', undefined]);
  expect(captions(false)).toEqual([undefined, undefined]);
});

test('more than one message may have go as several, in order', () => {
  const all = Array.from({ length: 2 * LIMITS.albumItems + 1 }, (_, i) => one(i));
  const messages = messagesOf(all, { as: 'files', each: false });
  expect(messages.map(({ length }) => length)).toEqual([LIMITS.albumItems, LIMITS.albumItems, 1]);
  expect(messages.flat().map(({ name }) => name)).toEqual(all.map(({ file }) => file.name));
});
