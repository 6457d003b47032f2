import type { Page } from 'playwright-core';

/**
 * Waits until a page answers a question with yes that takes it a while to answer; `waitForFunction` would take the
 * promise for a yes.
 */
export async function until<A>(page: Page, ask: (about: A) => Promise<boolean>, about: A): Promise<void> {
  while (!(await page.evaluate(ask as (about: unknown) => Promise<boolean>, about))) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
