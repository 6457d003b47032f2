import { expect, test } from 'bun:test';
import { EmojiMemory, RECENTS } from './memory.ts';

class Shelf {
  stored: string | null = null;
  getItem = () => this.stored;
  setItem = (_key: string, value: string) => {
    this.stored = value;
  };
}

test('the last one used comes first, once', () => {
  const memory = new EmojiMemory(new Shelf());
  for (const emoji of ['😄', '🚀', '😄']) memory.used(emoji);
  expect(memory.get().recents).toEqual(['😄', '🚀']);
});

test('no more are kept than fit', () => {
  const memory = new EmojiMemory(new Shelf());
  for (let i = 0; i < 40; i += 1) memory.used(`e${i}`);
  const { recents } = memory.get();
  expect(recents).toHaveLength(RECENTS);
  expect(recents[0]).toBe('e39');
});

test('both outlive the page, and neither changes the other', () => {
  const shelf = new Shelf();
  const memory = new EmojiMemory(shelf);
  memory.used('👋🏽');
  memory.setTone(3);
  memory.used('🚀');
  expect(new EmojiMemory(shelf).get()).toEqual({ recents: ['🚀', '👋🏽'], tone: 3 });
});

test.each([
  ['no JSON', 'x{'],
  ['another shape', '"text"'],
  ['wrong values', '{"recents":[1,"😄","😄",""],"tone":9}'],
])('what was stored with %s does no harm', (_name, stored) => {
  const shelf = new Shelf();
  shelf.stored = stored;
  const { recents, tone } = new EmojiMemory(shelf).get();
  expect(recents.every((one) => one === '😄') && recents.length <= 1).toBe(true);
  expect(tone).toBe(0);
});

test('a storage that fails costs nothing but the next visit', () => {
  const memory = new EmojiMemory({
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('full');
    },
  });
  memory.used('🚀');
  expect(memory.get().recents).toEqual(['🚀']);
  expect(new EmojiMemory(undefined).get().recents).toEqual([]);
});
