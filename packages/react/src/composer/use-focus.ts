import { type RefObject, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import type { Target } from '../conversation/workbench.ts';
import { COARSE } from '../hooks/media.ts';
import { NavigationContext } from '../navigation.ts';

/** Whether the focus may be taken: not from something of the page around the kit that a person is in. */
function isFree(field: HTMLElement): boolean {
  const { activeElement, body } = field.ownerDocument;
  if (activeElement === null || activeElement === body) return true;
  const root = field.getRootNode();
  return (
    field.closest('.inlay')?.contains(activeElement) === true || (root as ShadowRoot).host === activeElement
  );
}

/**
 * Gives the field the focus when its conversation is opened, where a person opens conversations and has a keyboard: one
 * that stands alone in someone's page would take the focus as that page loads. And whenever a message is to be
 * answered or edited.
 */
export function useFocus(field: RefObject<HTMLTextAreaElement | null>, target: Target | undefined): void {
  const opened = useContext(NavigationContext) !== undefined;
  useEffect(() => {
    const { current } = field;
    if (!opened || current === null || matchMedia(COARSE).matches || !isFree(current)) return;
    current.focus({ preventScroll: true });
  }, [opened, field]);
  const before = useRef<Target | undefined>(undefined);
  useLayoutEffect(() => {
    const { current } = field;
    if (target !== undefined && target !== before.current && current !== null) {
      current.focus({ preventScroll: true });
      current.setSelectionRange(current.value.length, current.value.length);
    }
    before.current = target;
  }, [target, field]);
}
