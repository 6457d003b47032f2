import type { FindLinks } from './links.ts';

/** A stretch of a message's text. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mention'; readonly text: string; readonly user: string }
  /** What has the form of an emoji of the app; whether there is such a one is seen when it is shown. */
  | { readonly kind: 'emoji'; readonly text: string };

/** What a link may lead to; anything else stays text. */
const SAFE = /^(?:https?:|mailto:)/i;

/** Scripts that write no space before an address. */
const GLUED = /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])(?=https?:\/\/)/iu;

const CUSTOM = /(:[a-z0-9_+-]{1,32}:)/;

/** A stretch without links; every second part of what is split by a group is the group. */
const withEmoji = (text: string): Segment[] =>
  text
    .split(CUSTOM)
    .map((part, i): Segment => ({ kind: i % 2 === 1 ? 'emoji' : 'text', text: part }))
    .filter(({ text: part }) => part !== '');

function linked(text: string, links: FindLinks | undefined): Segment[] {
  if (links === undefined) return withEmoji(text);
  return text.split(GLUED).flatMap((part) => linkedPart(part, links));
}

function linkedPart(text: string, links: FindLinks): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  const plain = (to: number) => segments.push(...withEmoji(text.slice(from, to)));
  for (const { index, lastIndex, url, text: shown } of links.match(text) ?? []) {
    if (!SAFE.test(url)) continue;
    plain(index);
    segments.push({ kind: 'link', text: shown, href: url });
    from = lastIndex;
  }
  plain(text.length);
  return segments;
}

/** The first `@name` of these people in a text; of two that begin at one place, the longer name. */
function mentionIn(text: string, names: ReadonlyMap<string, string>) {
  let found: { at: number; user: string; text: string } | undefined;
  for (const [user, name] of names) {
    const at = text.indexOf(`@${name}`);
    if (at < 0) continue;
    const earlier = found === undefined || at < found.at;
    if (earlier || (at === found?.at && name.length >= found.text.length))
      found = { at, user, text: `@${name}` };
  }
  return found;
}

export interface Known {
  /** Names of the people who are mentioned, by id. */
  readonly names?: ReadonlyMap<string, string>;
  /** Without it links stay text. */
  readonly links?: FindLinks | undefined;
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/** A text in stretches: links, mentions, and what is between. */
export function segmentsOf(text: string, { names = NOBODY, links }: Known): Segment[] {
  const segments: Segment[] = [];
  let rest = text;
  for (let found = mentionIn(rest, names); found !== undefined; found = mentionIn(rest, names)) {
    if (found.at > 0) segments.push(...linked(rest.slice(0, found.at), links));
    segments.push({ kind: 'mention', text: found.text, user: found.user });
    rest = rest.slice(found.at + found.text.length);
  }
  return rest === '' ? segments : [...segments, ...linked(rest, links)];
}

/** Up to so many emojis alone are shown large. */
const LARGE = 6;
const ONLY_EMOJI = /^(?:\p{RGI_Emoji}\s*)+$/v;
const ONE_EMOJI = /\p{RGI_Emoji}/gv;

/** How many emojis a text of nothing else has; 0 where it has something else, or too many to be shown large. */
export function emojisAlone(text: string): number {
  if (text.length > 120 || !ONLY_EMOJI.test(text.trim())) return 0;
  const count = text.match(ONE_EMOJI)?.length ?? 0;
  return count > LARGE ? 0 : count;
}
