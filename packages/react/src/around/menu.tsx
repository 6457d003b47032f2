import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import type { MenuItem, MenuRequest } from '../context.ts';
import { Icon } from '../primitives/icon.tsx';

/** How far a menu stays away from the edges of the page, in pixels. */
const MARGIN = 8;

/** How far a list moves under a finger that does not scroll it, in pixels: the browser rounds where it stands. */
const ROUNDING = 2;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const boxOf = (at: MenuRequest['at']): Box =>
  at instanceof Element ? at.getBoundingClientRect() : { left: at.x, right: at.x, top: at.y, bottom: at.y };

/** Below what it belongs to if there is room, else above it; beside it towards the page's middle, never over an edge. */
function place(menu: HTMLElement, at: Box): void {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const wanted = at.left + at.right < innerWidth ? at.left : at.right - width;
  const below = at.bottom + height + MARGIN <= innerHeight;
  const top = below ? at.bottom + 4 : at.top - height - 4;
  menu.style.left = `${Math.max(MARGIN, Math.min(wanted, innerWidth - width - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
}

const focusable = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('button')];

/** Arrow keys go round, Home and End go to the ends, a letter to the next item that begins with it (ARIA APG, menu). */
function move(menu: HTMLElement, key: string): boolean {
  const all = focusable(menu);
  const root = menu.getRootNode() as Document | ShadowRoot;
  const at = all.indexOf(root.activeElement as HTMLElement);
  const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const step = steps[key];
  if (step !== undefined) all[(at + step + all.length) % all.length]?.focus();
  else if (key === 'Home') all[0]?.focus();
  else if (key === 'End') all.at(-1)?.focus();
  else if (key.length === 1 && key !== ' ') {
    const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    after.find((each) => each.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))?.focus();
  } else return false;
  return true;
}

/**
 * The one menu that is open. Escape, a press elsewhere, Tab and scrolling close it; not a list that keeps its place by
 * itself as something comes.
 */
export function MenuHost({ menu, onClose }: { menu: MenuRequest; onClose(): void }) {
  const root = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLElement | null>(null);
  // Before the menu is shown, which may then lie over the place it opens at.
  useLayoutEffect(() => {
    const outside = (event: Event) => {
      if (!event.composedPath().includes(root.current as EventTarget)) onClose();
    };
    // The finger that opened the menu may still lie there, and stray a little without scrolling anything.
    let moving = false;
    const touched = ({ type }: Event) => {
      moving = type === 'touchmove';
    };
    const { at } = menu;
    const page = root.current?.getRootNode() as Document | ShadowRoot;
    const below = at instanceof Element ? at : page.elementFromPoint(at.x, at.y);
    const top = () => below?.getBoundingClientRect().top ?? 0;
    let was = top();
    const scrolled = (event: Event) => {
      if (!moving) was = top();
      else if (Math.abs(top() - was) > ROUNDING) outside(event);
    };
    const ended = new AbortController();
    const listening = { capture: true, passive: true, signal: ended.signal };
    addEventListener('pointerdown', outside, listening);
    addEventListener('wheel', outside, listening);
    addEventListener('touchmove', touched, listening);
    addEventListener('touchend', touched, listening);
    addEventListener('touchcancel', touched, listening);
    addEventListener('scroll', scrolled, listening);
    addEventListener('resize', onClose, listening);
    return () => ended.abort();
  }, [menu, onClose]);
  useLayoutEffect(() => {
    const { current } = root;
    if (current === null) return;
    before.current = (current.getRootNode() as Document | ShadowRoot).activeElement as HTMLElement | null;
    current.showPopover?.();
    place(current, boxOf(menu.at));
    current.querySelector<HTMLElement>('[role^=menuitem], button')?.focus({ preventScroll: true });
  }, [menu]);

  const close = (run?: () => void) => {
    onClose();
    before.current?.focus({ preventScroll: true });
    run?.();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (root.current === null || !move(root.current, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const item = (one: MenuItem) => (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it is set for a radio item alone.
    <button
      type="button"
      key={one.label}
      role={one.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={one.checked}
      className={one.danger ? 'danger' : ''}
      onClick={() => close(one.run)}
    >
      {one.icon !== undefined && <Icon name={one.icon} />}
      <span>{one.label}</span>
      {one.checked && <Icon name="check" />}
    </button>
  );
  return (
    // Whatever is on a page stands in a landmark.
    <section aria-label={menu.label}>
      <div
        ref={root}
        className="inlay-menu"
        role="menu"
        tabIndex={-1}
        popover="manual"
        aria-label={menu.label}
        onKeyDown={key}
      >
        {menu.quick !== undefined && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu.
          <div className="quick" role="group">
            {menu.quick.map((one) => (
              <button
                type="button"
                key={one.text}
                role="menuitemcheckbox"
                aria-checked={one.on}
                aria-label={one.label}
                onClick={() => close(one.run)}
              >
                {one.text}
              </button>
            ))}
          </div>
        )}
        {menu.items.map((one) => one && item(one))}
      </div>
    </section>
  );
}
