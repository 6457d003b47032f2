import { type RefObject, useEffect } from 'react';

/**
 * Gives the focus back where it was before something opened, when that closes; unless it went elsewhere meanwhile. To
 * be called before the focus is brought into what opens.
 */
export function useReturnFocus(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = box.current?.getRootNode() as Document | ShadowRoot | undefined;
    const before = root?.activeElement as HTMLElement | null | undefined;
    return () => {
      const now = root?.activeElement;
      if (now == null || now.tagName === 'BODY') before?.focus({ preventScroll: true });
    };
  }, [box]);
}
