// What texts need whatever they say; it brings no catalogue along, for pages that have a few texts of their own.

/** A text, or one text for each plural category of the locale, chosen by `count`. */
export type Entry = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export type Values = Readonly<Record<string, string | number>>;

/** The first of a person's languages that is among those that are there, by its whole tag or its first part. */
export function choose(wanted: readonly string[], there: readonly string[]): string | undefined {
  const primary = (tag: string) => tag.toLowerCase().split('-')[0];
  for (const tag of wanted) {
    const found =
      there.find((each) => each.toLowerCase() === tag.toLowerCase()) ??
      there.find((each) => primary(each) === primary(tag));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Fills values into texts of a language; `count` chooses the plural. */
export function filler(locale: string): (entry: Entry, values?: Values) => string {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (entry, values = {}) => {
    const text =
      typeof entry === 'string' ? entry : (entry[plural.select(Number(values.count))] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? number.format(value) : value;
    });
  };
}
