import { expect, test } from 'bun:test';
import type { StickerPack, StickerShelf } from '@inlay-im/protocol';
import { arranged, Stickers } from './stickers.ts';
import { ManualClock, settle } from './testing/clock.ts';

const pack = (id: string): StickerPack => ({ id, title: id, stickers: [] });
const shelf = (...packs: string[]): StickerShelf => ({ packs, favourites: [], recents: [] });
const ids = (packs: readonly StickerPack[] = []) => packs.map(({ id }) => id);

test('mine come first in my order, without what was withdrawn', () => {
  expect(ids(arranged([pack('a'), pack('b'), pack('c')], shelf('c', 'gone', 'a')))).toEqual(['c', 'a', 'b']);
});

test('they are fetched once somebody looks, and follow what another device of mine does', async () => {
  let answers = 0;
  const call = async () => {
    answers += 1;
    return { packs: [pack('a'), pack('b')], shelf: shelf() };
  };
  const stickers = new Stickers({ call: call as never, clock: new ManualClock(), up: () => true });
  stickers.heard(shelf('b'));
  stickers.pump();
  expect(answers).toBe(0);
  stickers.view.subscribe(() => {});
  await settle();
  expect([answers, ids(stickers.view.get()?.packs)]).toEqual([1, ['a', 'b']]);
  stickers.heard(shelf('b'));
  expect(ids(stickers.view.get()?.packs)).toEqual(['b', 'a']);
});

test('an answer that a later word of mine overtook is not taken', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  const call = async (op: string) => (op === 'stickers.packs' ? promise : { shelf: shelf('b') });
  const stickers = new Stickers({ call: call as never, clock: new ManualClock(), up: () => true });
  stickers.view.subscribe(() => {});
  stickers.clear();
  resolve({ packs: [pack('a')], shelf: shelf() });
  await settle();
  expect(stickers.view.get()).toBeUndefined();
});
