import { adopt } from '../styles.ts';

/** Names of the kit's tokens, as its own sheet declares them. */
function namesIn(shadow: ShadowRoot): string[] {
  const names = new Set<string>();
  for (const sheet of shadow.adoptedStyleSheets)
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || rule.selectorText !== '.inlay') continue;
      for (const name of rule.style) if (name.startsWith('--inlay-')) names.add(name);
    }
  return [...names];
}

/** Lets the tokens that the page set on the element, or on anything around it, stand in place of the kit's. */
export function adoptTokens(shadow: ShadowRoot): void {
  const page = getComputedStyle(shadow.host);
  const set = namesIn(shadow).filter((name) => page.getPropertyValue(name) !== '');
  if (set.length > 0) adopt(shadow, `.inlay{${set.map((name) => `${name}:inherit`).join(';')}}`);
}
