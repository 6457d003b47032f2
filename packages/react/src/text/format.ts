import { localeFor } from '../i18n/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const kept = new Map<string, Intl.DateTimeFormat>();

/** The chosen language as it is written where the person is: `en-GB` has other clocks and dates than `en-US`. */
const regional = (locale: string): string =>
  globalThis.navigator?.languages?.find((language) => localeFor([language], [locale]) === locale) ?? locale;

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const format = kept.get(key) ?? new Intl.DateTimeFormat(regional(locale), options);
  kept.set(key, format);
  return format;
}

/** Midnight of the day, in the person's own time zone. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

export const clock = (locale: string, at: number): string =>
  dateFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at);

export const full = (locale: string, at: number): string =>
  dateFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at);

/** Calendar days from one time to the other; a day may have 23 or 25 hours. */
const daysBetween = (at: number, now: number): number => Math.round((dayOf(now) - dayOf(at)) / DAY);

/** Today, yesterday, a week day, or a date: the head of a day in a timeline. */
export function day(locale: string, at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) {
    const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
    return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
  }
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const };
  return dateFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(at);
}

/** The time today, else the day: the corner of a row in the list. */
export function when(locale: string, at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return clock(locale, at);
  if (days === 1) return day(locale, at, now);
  if (days < 7) return dateFormat(locale, { weekday: 'short' }).format(at);
  return dateFormat(locale, { day: 'numeric', month: 'numeric', year: '2-digit' }).format(at);
}

/** `5 minutes ago`. */
export function ago(locale: string, at: number, now: number): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const past = Math.max(0, now - at);
  if (past < HOUR) return relative.format(-Math.floor(past / MINUTE), 'minute');
  if (past < DAY) return relative.format(-Math.floor(past / HOUR), 'hour');
  return relative.format(-Math.floor(past / DAY), 'day');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two characters that stand for a name: the first of its first and last word, or of a Chinese given name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = (word = ''): string => [...graphemes.segment(word)][0]?.segment ?? '';
  if (words.length === 1 && /^\p{Script=Han}+$/u.test(name)) return name.slice(-2);
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : '')).toLocaleUpperCase();
}

/** How many colours people have; tokens of the stylesheets are numbered from 0. */
export const COLOURS = 8;

/** One of `count` colours, always the same for the same id. */
export function colourOf(id: string, count: number): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % count;
}
