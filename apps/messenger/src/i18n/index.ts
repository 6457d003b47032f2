import { type Catalogue, type Entry, en, type Key } from './en.ts';
import { zhCN } from './zh-CN.ts';

export type { Key };
export type Locale = 'en' | 'zh-CN';
export const LOCALES: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '简体中文' };

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, 'zh-CN': zhCN };
const STORED = 'inlay.locale';

/** The first of a person's languages that there is a catalogue for; English for want of one. */
export function localeFor(languages: readonly string[]): Locale {
  for (const language of languages) {
    const primary = language.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}

/** What the person chose on this device, else what the browser says. */
export function startLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  return stored !== null && stored in LOCALES ? (stored as Locale) : localeFor(navigator.languages);
}

export function chooseLocale(locale: Locale): void {
  localStorage.setItem(STORED, locale);
}

export type Values = Readonly<Record<string, string | number>>;
/** Gives a text in the person's language, with its values filled in; `count` chooses the plural. */
export type Translate = (key: Key, values?: Values) => string;

export function translator(locale: Locale): Translate {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const entry: Entry = CATALOGUES[locale][key];
    const text =
      typeof entry === 'string' ? entry : (entry[plural.select(Number(values.count))] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? number.format(value) : value;
    });
  };
}
