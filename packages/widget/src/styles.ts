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
