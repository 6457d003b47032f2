import { describe, expect, test } from 'bun:test';
import { matchOf, search } from './match.ts';

/** The text with what fits between brackets, and its rank. */
function shown(text: string, query: string): string | undefined {
  const match = matchOf(text, query);
  if (match === undefined) return undefined;
  let marked = text;
  for (const [start, end] of match.ranges.toReversed())
    marked = `${marked.slice(0, start)}[${marked.slice(start, end)}]${marked.slice(end)}`;
  return `${match.rank} ${marked}`;
}

describe('a text fits', () => {
  test.each([
    ['Ann Baker', 'ann', '0 [Ann] Baker'],
    ['Ann Baker', 'bak', '1 Ann [Bak]er'],
    ['Ann Baker', 'ake', '2 Ann B[ake]r'],
    ['Ann Baker', 'bak an', '1 [An]n [Bak]er'],
    ['Ann Baker', 'ann baker', '0 [Ann] [Baker]'],
    ['Zoë Müller', 'zoe mul', '0 [Zoë] [Mül]ler'],
    ['Zoe Muller', 'zoë mül', '0 [Zoe] [Mul]ler'],
    ['Zoe\u0308 M', 'zoe', '0 [Zoe\u0308] M'],
    ['Straße', 'STRASSE', undefined],
    ['Studio 工作室', '作室', '2 Studio 工[作室]'],
    ['Studio 工作室', '工', '1 Studio [工]作室'],
    ['ＡＢＣ', 'ab', '0 [ＡＢ]Ｃ'],
    ['Banana an', 'an', '1 Banana [an]'],
    ['👩‍👩‍👧 Family', 'fam', '1 👩‍👩‍👧 [Fam]ily'],
    ['Anna', 'ann an', '1 [Ann]a'],
    ['Ann', 'ben', undefined],
    ['Ann', '  ', '0 Ann'],
  ])('%s for %j', (text, query, wanted) => {
    expect(shown(text, query)).toBe(wanted as string);
  });
});

test('the best comes first, else the order is kept; an id is found by its beginning', () => {
  const people = [
    { id: 'x1', name: 'Johanna' },
    { id: 'x2', name: 'Marie Ann' },
    { id: 'x3', name: 'Ann' },
    { id: 'x4', name: 'Anne' },
    { id: 'anton', name: 'Toni' },
    { id: 'x5', name: 'Ben' },
  ];
  const found = search(people, ' Ann', (person) => person).map(({ item }) => item.name);
  expect(found).toEqual(['Ann', 'Anne', 'Marie Ann', 'Johanna']);
  expect(search(people, 'ANT', (person) => person).map(({ item }) => item.name)).toEqual(['Toni']);
  expect(search(people, '', (person) => person)).toHaveLength(6);
});
