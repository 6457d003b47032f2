import { expect, test } from 'bun:test';
import type { Sticker } from '@inlay-im/protocol';
import { sectionsOf } from './sections.ts';

const sticker = (id: string): Sticker => ({
  ...{ id, file: id, emoji: '👋' },
  ...{ width: 1, height: 1, animated: false },
});
const packs = [
  { id: 'p', title: 'P', stickers: [sticker('a'), sticker('b')] },
  { id: 'q', title: 'Q', stickers: [sticker('a')] },
];
const shown = (shelf: Partial<Parameters<typeof sectionsOf>[0]['shelf']>) =>
  sectionsOf({ packs, shelf: { packs: [], favourites: [], recents: [], ...shelf } }).map(
    ({ key, stickers }) => `${key}: ${stickers.map((one) => one.pack + one.sticker.id).join(' ')}`,
  );

test('packs alone, where nothing is mine yet', () => {
  expect(shown({})).toEqual(['pack p: pa pb', 'pack q: qa']);
});

test('recent ones and favourites go first, without what was withdrawn', () => {
  const recents = [
    { pack: 'q', sticker: 'a' },
    { pack: 'gone', sticker: 'a' },
    { pack: 'p', sticker: 'b' },
  ];
  const favourites = [{ pack: 'p', sticker: 'z' }];
  expect(shown({ recents, favourites })[0]).toBe('recent: qa pb');
  expect(shown({ recents, favourites })[1]).toBe('pack p: pa pb');
  expect(shown({ favourites: [{ pack: 'p', sticker: 'a' }] })[0]).toBe('favourites: pa');
});
