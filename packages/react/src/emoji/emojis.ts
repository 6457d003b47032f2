/** One emoji, as it is offered. */
export interface Emoji {
  readonly emoji: string;
  /** What it is called in the person's language. */
  readonly label: string;
  readonly group: Group | 'custom';
  /** Shortcodes without their colons, the usual one first. */
  readonly codes: readonly string[];
  /** Names and tags in the person's language and in English, in lower case. */
  readonly words: readonly string[];
  /** The same in the five tones of skin, from light to dark; empty where there are none. */
  readonly skins: readonly string[];
}

/** The categories in their order. */
export const GROUPS = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;
export type Group = (typeof GROUPS)[number];

/** Numbers of the data set's groups; 2 is for parts of emojis (tones, hair), which nobody writes alone. */
const NUMBERS: Readonly<Record<number, Group>> = {
  0: 'smileys',
  1: 'people',
  3: 'nature',
  4: 'food',
  5: 'travel',
  6: 'activities',
  7: 'objects',
  8: 'symbols',
  9: 'flags',
};

/** What is used of an entry of emojibase-data's compact.json. */
export interface Compact {
  readonly unicode: string;
  readonly hexcode: string;
  readonly label: string;
  readonly order?: number;
  readonly group?: number;
  readonly tags?: readonly string[];
  readonly skins?: readonly Pick<Compact, 'unicode' | 'hexcode'>[];
}
export type Shortcodes = Readonly<Record<string, string | readonly string[]>>;

export interface EmojiData {
  readonly english: readonly Compact[];
  /** The same in the person's language; undefined where that is English, or there is nothing. */
  readonly own: readonly Compact[] | undefined;
  readonly shortcodes: Shortcodes;
}

const RGI = /^\p{RGI_Emoji}$/v;

/**
 * The form that keyboards write (UTS 51, RGI). The data set has a variation selector where none belongs, which would
 * make a reaction another one than the same from a keyboard.
 */
function usual(unicode: string): string {
  const bare = unicode.replace(/\ufe0f$/u, '');
  return !RGI.test(unicode) && RGI.test(bare) ? bare : unicode;
}

const TONES = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF'];

/** The variants in one tone; those for two people in two tones are left out. */
const skinsOf = ({ skins = [] }: Compact): string[] =>
  TONES.flatMap((tone) => {
    const only = ({ hexcode }: Pick<Compact, 'hexcode'>) =>
      hexcode.split('-').every((part) => !TONES.includes(part) || part === tone);
    return skins
      .filter(only)
      .slice(0, 1)
      .map(({ unicode }) => usual(unicode));
  });

const lower = (words: readonly (string | undefined)[]): string[] => [
  ...new Set(words.filter((word) => word !== undefined).map((word) => word.toLowerCase())),
];

/** Everything that can be picked, in the order of the categories: the data set with all that nobody needs left out. */
export function emojisFrom({ english, own, shortcodes }: EmojiData): Emoji[] {
  const named = new Map(own?.map((entry) => [entry.hexcode, entry]));
  return english
    .filter(({ group }) => group !== undefined && group in NUMBERS)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((entry) => {
      const mine = named.get(entry.hexcode);
      return {
        emoji: usual(entry.unicode),
        label: mine?.label ?? entry.label,
        group: NUMBERS[entry.group ?? -1] as Group,
        codes: [shortcodes[entry.hexcode] ?? []].flat(),
        words: lower([mine?.label, ...(mine?.tags ?? []), entry.label, ...(entry.tags ?? [])]),
        skins: skinsOf(entry),
      };
    });
}

/** An emoji in a tone of skin: 0 as it is, 1 light to 5 dark. */
export const toned = ({ emoji, skins }: Pick<Emoji, 'emoji' | 'skins'>, tone: number): string =>
  skins[tone - 1] ?? emoji;
