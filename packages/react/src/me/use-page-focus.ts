import { type RefObject, useLayoutEffect, useRef } from 'react';

/** What the focus goes back to: the button in the list's head that leads to this page. */
const BACK_TO = '.inlay-me-button';

/** Puts the focus on the first button of a page that covers what had it, and gives it back when the page closes. */
export function usePageFocus(): RefObject<HTMLElement | null> {
  const page = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = page.current;
    if (element === null) return;
    const root = element.getRootNode() as Document | ShadowRoot;
    element.querySelector('button')?.focus({ preventScroll: true });
    return () => {
      if (!element.contains(root.activeElement)) return;
      // What the page covers can be focused only once the page is gone.
      queueMicrotask(() => root.querySelector<HTMLElement>(BACK_TO)?.focus({ preventScroll: true }));
    };
  }, []);
  return page;
}
