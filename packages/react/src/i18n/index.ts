import { type Catalogue, type Entry, en, type Key } from './en.ts';

export type { Catalogue, Entry, Key };

/** A language: what it calls itself, and its texts, loaded when they are first needed. */
export interface Language {
  readonly name: string;
  load(): Promise<Catalogue>;
}

/** The languages of the kit by BCP 47 tag. English is always there, and what everything else falls back to. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  en: { name: 'English', load: async () => en },
  'zh-CN': { name: '简体中文', load: async () => (await import('./zh-CN.ts')).zhCN },
};

/** The first of a person's languages that there are texts for, by its whole tag or its first part; else English. */
export function localeFor(
  wanted: readonly string[],
  there: readonly string[] = Object.keys(LANGUAGES),
): string {
  const primary = (tag: string) => tag.toLowerCase().split('-')[0];
  for (const tag of wanted) {
    const found =
      there.find((each) => each.toLowerCase() === tag.toLowerCase()) ??
      there.find((each) => primary(each) === primary(tag));
    if (found !== undefined) return found;
  }
  return 'en';
}

/** Languages that are written from right to left: ISO 15924 scripts Arab, Hebr, Thaa, Syrc, Nkoo and Adlm. */
const RTL = /^(?:ar|fa|he|ur|ps|sd|ug|yi|dv|ckb|syr|nqo|ff-adlm)\b/i;

export const directionOf = (locale: string): 'ltr' | 'rtl' => (RTL.test(locale) ? 'rtl' : 'ltr');

export type Values = Readonly<Record<string, string | number>>;
/** Gives a text in the person's language, with its values filled in; `count` chooses the plural. */
export type Translate = (key: Key, values?: Values) => string;

/** Texts of one catalogue. A key that it lacks is given in English. */
export function translator(locale: string, catalogue: Partial<Catalogue> = en): Translate {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const entry: Entry = catalogue[key] ?? en[key];
    const text =
      typeof entry === 'string' ? entry : (entry[plural.select(Number(values.count))] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? number.format(value) : value;
    });
  };
}
