import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { still } from './still.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Looking {
  /** A selector of what is looked at; absent: the whole page. */
  readonly within?: string;
  /** Rules that do not hold for this page, by axe's own names. */
  readonly without?: readonly string[];
}

/** A menu stands in no landmark: it is open for as long as it has the focus, as a dialog is, which axe leaves alone. */
const isMenu = (html: string): boolean => html.includes('role="menu"');

/**
 * What axe finds wrong on the page as it is now, by the rules of WCAG 2.2 AA and its own good practice. A colour that is
 * still fading in has no contrast yet, and is looked at as it will be.
 */
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
