const LETTER = /[\p{L}\p{N}_]/u;
const GLUED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether a name ends where it seems to: `@Ann` is not in `@Anna`, but `@王芳` is in `@王芳你好`. */
function ends(name: string, after: string | undefined): boolean {
  const last = [...name].at(-1) ?? '';
  if (after === undefined || !LETTER.test(after) || !LETTER.test(last)) return true;
  return GLUED.test(last) || GLUED.test(after);
}

/** Those of the people, name by id, whom a text names by `@name`. Where two names fit, the longer one is meant. */
export function mentionsIn(text: string, people: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let longest = -1;
    let users: string[] = [];
    for (const [user, name] of people) {
      const end = at + 1 + name.length;
      if (name.length < longest || !text.startsWith(name, at + 1)) continue;
      if (!ends(name, [...text.slice(end, end + 2)][0])) continue;
      users = name.length === longest ? [...users, user] : [user];
      longest = name.length;
    }
    for (const user of users) found.add(user);
  }
  return [...found];
}

/**
 * The mentions of an edited text: those that it names, and those of before that the old text did not name by what the
 * person is called now, so that nobody could have seen them go.
 */
export function mentionsKept(
  before: { readonly text: string; readonly mentions: readonly string[] },
  text: string,
  people: ReadonlyMap<string, string>,
): string[] {
  const named = mentionsIn(text, people);
  const were = new Set(mentionsIn(before.text, people));
  return [...new Set([...before.mentions.filter((user) => !were.has(user)), ...named])];
}

/**
 * Whom a text may mean, name by id: those who were chosen for it, and of the members everyone whose name none of those
 * has. So a draft that was begun on another device, or a name that is typed by hand, mentions too.
 */
export function meant(
  chosen: ReadonlyMap<string, string>,
  members: Iterable<readonly [user: string, name: string]>,
): Map<string, string> {
  const taken = new Set(chosen.values());
  return new Map([...chosen, ...[...members].filter(([, name]) => !taken.has(name))]);
}
