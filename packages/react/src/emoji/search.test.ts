import { expect, test } from 'bun:test';
import { GROUPS, toned } from './emojis.ts';
import { loadEmojis } from './load.ts';
import { byShortcode, searchEmojis } from './search.ts';

const english = await loadEmojis('en-GB');
const chinese = await loadEmojis('zh-CN');
const found = (query: string, emojis = english) => searchEmojis(emojis, query, 8).map(({ emoji }) => emoji);

test('every category has emojis, in the order of the categories', () => {
  const groups = [...new Set(english.map(({ group }) => group))];
  expect(groups).toEqual([...GROUPS]);
  expect(english.length).toBeGreaterThan(1800);
});

test('emojis are written as keyboards write them', () => {
  const all = english.flatMap(({ emoji, skins }) => [emoji, ...skins]);
  expect(all.filter((emoji) => !/^\p{RGI_Emoji}$/v.test(emoji))).toEqual([]);
});

test('a shortcode, a name and a tag are found, in this order', () => {
  expect(found('smile')[0]).toBe('😄');
  expect(found('rocket')[0]).toBe('🚀');
  expect(found('thumbsup')[0]).toBe('👍');
  expect(found('+1')[0]).toBe('👍');
  expect(found('lol')).toContain('😆');
  expect(found('red heart')[0]).toBe('❤️');
});

test('the beginning of a word is enough', () => {
  expect(found('smi')).toContain('😄');
  expect(found('thumb')).toEqual(expect.arrayContaining(['👍', '👎']));
  expect(found('ocket')).toEqual([]);
});

test('every word of a query must fit', () => {
  expect(found('cat heart')[0]).toBe('😻');
  expect(found('cat rocket')).toEqual([]);
});

test('Chinese finds by its own words, in the middle of them too, and by English ones', () => {
  expect(found('火箭', chinese)[0]).toBe('🚀');
  expect(found('rocket', chinese)[0]).toBe('🚀');
  expect(searchEmojis(chinese, '笑').map(({ emoji }) => emoji)).toContain('😂');
  expect(chinese.find(({ emoji }) => emoji === '🚀')?.label).toBe('火箭');
  expect(found('火箭')).toEqual([]);
});

test('an emoji finds itself, and nothing finds nothing', () => {
  expect(found('🚀')).toEqual(['🚀']);
  expect(found(' ')).toEqual([]);
  expect(found('qqqq')).toEqual([]);
});

test('a shortcode stands for one emoji', () => {
  expect(byShortcode(english, 'smile')?.emoji).toBe('😄');
  expect(byShortcode(english, 'SMILE')?.emoji).toBe('😄');
  expect(byShortcode(english, 'heart')?.emoji).toBe('❤️');
  expect(byShortcode(english, 'no_such')).toBeUndefined();
});

test('a tone of skin is given where there is one', () => {
  const wave = byShortcode(english, 'wave');
  const shake = byShortcode(english, 'handshake');
  const rocket = byShortcode(english, 'rocket');
  if (!wave || !shake || !rocket) throw new Error('not in the data');
  expect([0, 1, 5].map((tone) => toned(wave, tone))).toEqual(['👋', '👋🏻', '👋🏿']);
  expect(shake.skins).toEqual(['🤝🏻', '🤝🏼', '🤝🏽', '🤝🏾', '🤝🏿']);
  expect(toned(rocket, 3)).toBe('🚀');
});
