/**
 * The kit's texts, sorted by when the widget needs them: a few before the kit is there, most with list and
 * conversation, and those of the parts that are loaded on use with the first of these parts.
 */
import { type Catalogue, type Key, LANGUAGES } from '@inlay-im/react';

type Texts = Readonly<Record<string, Partial<Catalogue>>>;

/** What the loader shows by itself; the widget's `texts.ts` has the same keys. */
const LOADER: readonly Key[] = [
  'app.loading',
  'list.unread',
  'widget.label',
  'widget.open',
  'widget.close',
  'widget.failed',
  'widget.retry',
  'widget.nobody',
  'widget.nobodyHint',
];

async function byLanguage(isWanted: (key: Key) => boolean): Promise<Texts> {
  const texts: Record<string, Partial<Catalogue>> = {};
  for (const [locale, { load }] of Object.entries(LANGUAGES)) {
    const all = Object.entries(await load()).filter(([key]) => isWanted(key as Key));
    texts[locale] = Object.fromEntries(all);
  }
  return texts;
}

export const loaderTexts = (): Promise<Texts> => byLanguage((key) => LOADER.includes(key));

/** Whether sources may ask for a key: they name it, or make a key that begins as it does. */
function keysOf(sources: readonly string[]): (key: Key) => boolean {
  const code = sources.join('\n');
  const named = new Set([...code.matchAll(/'(\w+\.\w+)'/g)].map(([, key]) => key as string));
  const begun = [...new Set([...code.matchAll(/`(\w+\.\w*)\$\{/g)].map(([, start]) => start as string))];
  return (key) => named.has(key) || begun.some((start) => key.startsWith(start));
}

/** Texts of each language: those that sources with list and conversation ask for, and all others. */
export async function sortedTexts(sources: readonly string[]): Promise<{ first: Texts; later: Texts }> {
  const isFirst = keysOf(sources);
  return { first: await byLanguage(isFirst), later: await byLanguage((key) => !isFirst(key)) };
}
