const sheets = new Map<string, CSSStyleSheet>();

/** Gives a shadow root a style sheet; one object for all. Pages that forbid styles in elements allow these (CSP 3, 8.2). */
export function adopt(shadow: ShadowRoot, css: string): void {
  let sheet = sheets.get(css);
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets.push(sheet);
}

/** Shadow roots in which the kit is shown, and the sheets that it has brought since. */
const shown = new Set<ShadowRoot>();
const later: string[] = [];

/** Gives a shadow root all sheets that come later too. Returns what ends that. */
export function adoptWhatComes(shadow: ShadowRoot): () => void {
  shown.add(shadow);
  for (const css of later) adopt(shadow, css);
  return () => void shown.delete(shadow);
}

/** Gives a sheet to all that show the kit, now and later. */
export function adoptEverywhere(css: string): void {
  later.push(css);
  for (const shadow of shown) adopt(shadow, css);
}
