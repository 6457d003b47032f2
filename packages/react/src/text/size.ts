const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes for a person, in steps of 1024: `1.4 MB`. */
export function sizeText(locale: string, bytes: number): string {
  let amount = bytes;
  let step = 0;
  // What would round up to a thousand and more is told in the next unit.
  while (amount >= 1000 && step < UNITS.length - 1) {
    amount /= 1024;
    step += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[step] as string,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: amount < 10 && step > 1 ? 1 : 0,
  }).format(amount);
}
