/** On a screen so small the panel takes all of it. */
const SMALL = '(max-width: 480px), (max-height: 420px)';

/**
 * Says whether the panel takes the whole screen, now and whenever that changes, and keeps it within what a keyboard on
 * the screen leaves free (https://drafts.csswg.org/cssom-view/#visualViewport). Returns what stops it.
 */
export function followScreen(panel: HTMLElement, tell: (full: boolean) => void): () => void {
  const small = matchMedia(SMALL);
  const { visualViewport } = globalThis;
  const keepWithin = () => {
    const { height, offsetTop, scale } = visualViewport ?? { height: innerHeight, offsetTop: 0, scale: 1 };
    // Who zooms in wants to see the same bigger, not in less room.
    if (scale > 1.01) return;
    panel.style.setProperty('--height', `${height}px`);
    panel.style.setProperty('--top', `${offsetTop}px`);
  };
  const change = () => {
    keepWithin();
    tell(small.matches);
  };
  small.addEventListener('change', change);
  visualViewport?.addEventListener('resize', keepWithin);
  visualViewport?.addEventListener('scroll', keepWithin);
  change();
  return () => {
    small.removeEventListener('change', change);
    visualViewport?.removeEventListener('resize', keepWithin);
    visualViewport?.removeEventListener('scroll', keepWithin);
  };
}
