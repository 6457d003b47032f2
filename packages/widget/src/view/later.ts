/** What comes with the first part that is loaded on use: the looks and texts of all such parts. */
import { LANGUAGES, type Language } from '@inlay-im/react';
import { adoptEverywhere } from '../styles.ts';
import css from './later.css' with { type: 'text' };

/** The texts of each language that its catalogue was bundled without, put here by the bundler. */
declare const __INLAY_LATER_TEXTS__: Readonly<Record<string, object>>;

/** Gives a language that was loaded its other texts too, or has it loaded with all of them. */
async function complete(locale: string, isLoaded: boolean): Promise<void> {
  const language = LANGUAGES[locale] as { load: Language['load'] } | undefined;
  const texts = __INLAY_LATER_TEXTS__[locale];
  if (language === undefined || texts === undefined) return;
  const { load } = language;
  language.load = async () => Object.assign(await load(), texts);
  if (isLoaded) await language.load();
}

let brought: Promise<unknown> | undefined;

/** Puts them where the part that is being loaded will look for them. `loaded`: languages that are there already. */
export function bringLater(loaded: ReadonlySet<string>): Promise<unknown> {
  if (brought === undefined) adoptEverywhere(css);
  brought ??= Promise.all(Object.keys(LANGUAGES).map((locale) => complete(locale, loaded.has(locale))));
  return brought;
}
