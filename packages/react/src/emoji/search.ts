import type { Emoji } from './emojis.ts';

const parts = (words: string): string[] => words.split(/[\s_\-:’']+/u);

/**
 * How well one word of a query fits an emoji; the lower, the better, undefined: not at all. What someone types is
 * first a shortcode, then the name, then a tag. In the middle of a word only Chinese and its like are looked for, as
 * they write no spaces.
 */
function rankWord({ codes, words, label }: Emoji, query: string): number | undefined {
  if (codes.includes(query)) return 0;
  if (words.includes(query) && label.toLowerCase() === query) return 0;
  if (codes.some((code) => code.startsWith(query))) return 1;
  if (words.includes(query)) return 2;
  if (words.some((word) => word.startsWith(query))) return 3;
  if ([...codes, ...words].some((each) => parts(each).some((part) => part.startsWith(query)))) return 4;
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(query))
    return words.some((word) => word.includes(query)) ? 5 : undefined;
  return undefined;
}

function rank(emoji: Emoji, query: readonly string[]): number | undefined {
  let worst = 0;
  for (const word of query) {
    const one = rankWord(emoji, word);
    if (one === undefined) return undefined;
    worst = Math.max(worst, one);
  }
  return worst;
}

/**
 * The emojis that fit a query of one or several words, best first, else in their usual order. An emoji itself finds
 * itself.
 */
export function searchEmojis(emojis: readonly Emoji[], query: string, limit = Infinity): Emoji[] {
  const wanted = query.trim().toLowerCase().replace(/^:|:$/g, '');
  if (wanted === '') return [];
  const words = wanted.split(/\s+/u);
  return emojis
    .map((emoji) => ({ emoji, rank: emoji.emoji === wanted ? 0 : rank(emoji, words) }))
    .filter((each): each is { emoji: Emoji; rank: number } => each.rank !== undefined)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ emoji }) => emoji);
}

/** The emoji that a shortcode stands for, without its colons. */
export const byShortcode = (emojis: readonly Emoji[], code: string): Emoji | undefined => {
  const wanted = code.toLowerCase();
  return (
    emojis.find(({ codes }) => codes[0] === wanted) ?? emojis.find(({ codes }) => codes.includes(wanted))
  );
};
