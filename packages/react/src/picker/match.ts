/** A stretch of a text, in UTF-16 code units. */
export type Range = readonly [start: number, end: number];

/** How well a text fits a query (0 is best), and what of it fits. */
export interface Match {
  readonly rank: number;
  readonly ranges: readonly Range[];
}

interface Folded {
  readonly text: string;
  /** For each code unit of the folded text, and for its end, its place in the original. */
  readonly places: readonly number[];
}

/** A text as it is searched: without case, accents and forms of width. */
function fold(text: string): Folded {
  const places: number[] = [];
  let folded = '';
  let at = 0;
  for (const character of text) {
    const plain = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    for (let i = 0; i < plain.length; i++) places.push(at);
    folded += plain;
    at += character.length;
  }
  return { text: folded, places: [...places, at] };
}

const LETTER = /[\p{L}\p{N}]$/u;

const beginsWord = (text: string, at: number): boolean => at === 0 || !LETTER.test(text.slice(0, at));

/** Where a word stands, preferably where a word begins; -1: nowhere. */
function find(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (beginsWord(text, at)) return at;
  return text.indexOf(word);
}

/** Ranges in their order, those that touch made one. */
function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last !== undefined && start <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], end)];
    else all.push([start, end]);
  }
  return all;
}

const NOTHING_ASKED: Match = { rank: 0, ranges: [] };

/**
 * Whether each word of a query stands in a text, whatever the case and accents. Ranks: 0 the text begins with the
 * query, 1 each word begins a word, 2 they stand anywhere, which in scripts without spaces is a word, too.
 */
export function matchOf(text: string, query: string): Match | undefined {
  const words = fold(query).text.split(/\s+/u).filter(Boolean);
  if (words.length === 0) return NOTHING_ASKED;
  const { text: folded, places } = fold(text);
  const starts = words.map((word) => find(folded, word));
  if (starts.some((start) => start < 0)) return undefined;
  const whole = folded.startsWith(words.join(' '));
  const begin = starts.every((start) => beginsWord(folded, start));
  const ranges = starts.map((start, i): Range => {
    const end = start + (words[i] as string).length;
    return [places[start] as number, places[end] as number];
  });
  return { rank: whole ? 0 : begin ? 1 : 2, ranges: merged(ranges) };
}

export interface Found<T> {
  readonly item: T;
  readonly ranges: readonly Range[];
}

/** The items that fit a query, the best first, else in the order given; by name, or by the beginning of their id. */
export function search<T>(
  items: readonly T[],
  query: string,
  textsOf: (item: T) => { readonly name: string; readonly id?: string },
): Found<T>[] {
  const asked = query.trim();
  const found = items.flatMap((item) => {
    const { name, id } = textsOf(item);
    const match = matchOf(name, asked);
    if (match !== undefined) return [{ item, ...match }];
    return id?.toLowerCase().startsWith(asked.toLowerCase()) ? [{ item, rank: 3, ranges: [] }] : [];
  });
  return found.sort((a, b) => a.rank - b.rank);
}
