/** Someone who can be mentioned. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** So many are offered at once. */
export const OFFERED = 8;

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * How well a query fits: 0 the name begins with it, 1 another word of the name does, 2 the id does, 3 the name has it
 * somewhere (in scripts without spaces that is a word, too); undefined: not at all. A query with a space fits only the
 * beginning of a name, as it may as well be the text that follows a sign.
 */
function rank({ id, name }: Person, query: string): number | undefined {
  const shown = plain(name);
  if (shown.startsWith(query)) return 0;
  if (query.includes(' ')) return undefined;
  if (shown.split(/[\s\-.]+/u).some((word) => word.startsWith(query))) return 1;
  if (id.toLowerCase().startsWith(query)) return 2;
  return shown.includes(query) ? 3 : undefined;
}

/**
 * Those of the people whom a query may mean, best first; among equals in the order of `recent` (ids, latest first),
 * then of the people as they are given.
 */
export function filterPeople(
  people: readonly Person[],
  query: string,
  recent: readonly string[] = [],
): Person[] {
  const wanted = plain(query);
  const spoke = new Map(recent.map((id, i) => [id, i]));
  const place = ({ id }: Person) => spoke.get(id) ?? recent.length;
  return people
    .map((person) => ({ person, rank: rank(person, wanted) }))
    .filter((each): each is { person: Person; rank: number } => each.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || place(a.person) - place(b.person))
    .slice(0, OFFERED)
    .map(({ person }) => person);
}
