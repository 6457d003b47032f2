import { type Catalogue, en, type Key } from './en.ts';
import { choose, filler, type Values } from './locale.ts';

export type { Catalogue, Key, Values };

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
export const localeFor = (
  wanted: readonly string[],
  there: readonly string[] = Object.keys(LANGUAGES),
): string => choose(wanted, there) ?? 'en';

/** Languages that are written from right to left: ISO 15924 scripts Arab, Hebr, Thaa, Syrc, Nkoo and Adlm. */
const RTL = /^(?:ar|fa|he|ur|ps|sd|ug|yi|dv|ckb|syr|nqo|ff-adlm)\b/i;

export const directionOf = (locale: string): 'ltr' | 'rtl' => (RTL.test(locale) ? 'rtl' : 'ltr');

/** Gives a text in the person's language, with its values filled in; `count` chooses the plural. */
export type Translate = (key: Key, values?: Values) => string;

/** Texts of one catalogue. A key that it lacks is given in English. */
export function translator(locale: string, catalogue: Partial<Catalogue> = en): Translate {
  const fill = filler(locale);
  return (key, values) => fill(catalogue[key] ?? en[key], values);
}
