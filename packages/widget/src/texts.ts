import { choose, type Entry, filler, type Values } from '@inlay-im/react/i18n';

/** Those texts of the kit's catalogues that are shown before the kit is there; bundle/widget.ts takes them out. */
export type Key =
  | 'app.loading'
  | 'list.unread'
  | 'widget.label'
  | 'widget.open'
  | 'widget.close'
  | 'widget.failed'
  | 'widget.retry'
  | 'widget.nobody'
  | 'widget.nobodyHint';

/** The texts of each language, put here by the bundler. */
declare const __INLAY_TEXTS__: Readonly<Record<string, Readonly<Record<Key, Entry>>>>;

/** Gives texts in the language that was chosen, or else the browser's; and which language that is. */
export function textsFor(chosen: string | undefined) {
  const wanted = [chosen, ...navigator.languages].filter((one) => one !== undefined);
  const locale = choose(wanted, Object.keys(__INLAY_TEXTS__)) ?? 'en';
  const fill = filler(locale);
  const texts = __INLAY_TEXTS__[locale];
  return { locale, t: (key: Key, values?: Values) => fill(texts?.[key] ?? key, values) };
}

export type Texts = ReturnType<typeof textsFor>;
