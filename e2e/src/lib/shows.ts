import { expect } from 'bun:test';

/** How long a page may take to show something, in milliseconds. */
export const PATIENCE = 30_000;
/** Asked without a pause, a page has no time to get there. In milliseconds. */
const PAUSE = 20;

/**
 * Reads something until it is as expected, as a page shows a moment later what was done to it. Fails with how the last
 * reading differs.
 *
 * `expected`: the value, in which asymmetric matchers may stand, or a function that asserts about it. A reading that
 * fails, as what is read was just replaced, is one that is not as expected. `patience`: in milliseconds.
 */
export async function shows<T>(
  read: () => T | Promise<T>,
  expected: T | ((seen: T) => void),
  patience = PATIENCE,
): Promise<void> {
  const check =
    typeof expected === 'function'
      ? (expected as (seen: T) => void)
      : (seen: T) => expect(seen).toEqual(expected as never);
  const end = performance.now() + patience;
  for (;;) {
    try {
      return check(await read());
    } catch (error) {
      if (performance.now() >= end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
