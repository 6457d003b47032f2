import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Looking {
  /** A selector of what is looked at; absent: the whole page. */
  readonly within?: string;
  /** Rules that do not hold for this page, by axe's own names. */
  readonly without?: readonly string[];
}

/** A menu stands in no landmark: it is open for as long as it has the focus, as a dialog is, which axe leaves alone. */
const isMenu = (html: string): boolean => html.includes('role="menu"');

/** What appears while axe looks is there at once: a colour that is still fading in has no contrast yet. */
const AT_ONCE = `*, ::before, ::after {
  animation-duration: 0s !important;
  animation-delay: 0s !important;
  transition-duration: 0s !important;
  transition-delay: 0s !important;
}`;

/** Stands animations of the page and of each shadow root in it still, or lets them go on. */
const still = (page: Page, wanted: boolean): Promise<void> =>
  page.evaluate(
    ([css, on]) => {
      const host = globalThis as typeof globalThis & { still?: CSSStyleSheet };
      host.still ??= new CSSStyleSheet();
      host.still.replaceSync(css);
      const shadows = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
      for (const root of [document, ...shadows]) {
        const others = root.adoptedStyleSheets.filter((one) => one !== host.still);
        root.adoptedStyleSheets = on ? [...others, host.still] : others;
      }
      for (const one of on ? document.getAnimations() : [])
        if (Number.isFinite(one.effect?.getComputedTiming().endTime)) one.finish();
    },
    [AT_ONCE, wanted] as const,
  );

/** What axe finds wrong on the page as it is now, by the rules of WCAG 2.2 AA and its own good practice. */
export async function faults(page: Page, { within, without = [] }: Looking = {}): Promise<string[]> {
  await still(page, true);
  const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]));
  const options = JSON.stringify({ resultTypes: ['violations'], rules });
  const context = within === undefined ? 'document' : JSON.stringify(within);
  const run = `${AXE}; axe.run(${context}, ${options})`;
  const { violations } = (await page.evaluate(run)) as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  await still(page, false);
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => id !== 'region' || !isMenu(html))
      .map((n) => `${id}: ${n.html}\n${n.failureSummary}`),
  );
}
