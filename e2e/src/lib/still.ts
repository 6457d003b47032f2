import type { Page } from 'playwright-core';

const AT_ONCE = `*, ::before, ::after {
  animation-duration: 0s !important;
  animation-delay: 0s !important;
  transition-duration: 0s !important;
  transition-delay: 0s !important;
}`;

/**
 * Has the page and each shadow root in it show everything as it is after its animation, also what appears from now on;
 * or lets animations go on.
 */
export const still = (page: Page, wanted: boolean): Promise<void> =>
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
