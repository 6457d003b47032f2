/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icons.tsx';

export interface MenuProps {
  label: string;
  icon?: IconName;
  /** Above what else the menu holds. */
  head?: ComponentChildren;
  items: readonly (MenuItem | false | undefined)[];
}

export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  run(): void;
}

/** How much room below its button a menu wants; with less it opens upwards, if there is more. In pixels. */
const ROOM = 320;
/** How far a menu stays away from the edges of the page, in pixels. */
const MARGIN = 8;

/** Puts a menu below the side of its button that the page's middle is on, but never over the page's edge. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const { left, right } = button.getBoundingClientRect();
  const wanted = left + right < innerWidth ? left : right - menu.offsetWidth;
  const inside = Math.max(MARGIN, Math.min(wanted, innerWidth - menu.offsetWidth - MARGIN));
  menu.style.left = `${inside - left}px`;
}

/** A button that opens a short list of buttons; Escape and a press elsewhere close it. */
export function Menu({ label, icon = 'more', head, items }: MenuProps) {
  const [open, setOpen] = useState<false | 'down' | 'up'>(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const menu = root.current?.querySelector<HTMLElement>('.menu');
    if (open === false || !menu || button.current === null) return;
    place(menu, button.current);
    menu.querySelector('button')?.focus({ preventScroll: true });
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', outside);
    addEventListener('focusin', outside);
    return () => {
      removeEventListener('pointerdown', outside);
      removeEventListener('focusin', outside);
    };
  }, [open]);
  const toggle = () => {
    const { top = 0, bottom = 0 } = button.current?.getBoundingClientRect() ?? {};
    const below = innerHeight - bottom;
    setOpen(open !== false ? false : below < ROOM && top > below ? 'up' : 'down');
  };
  const close = () => {
    button.current?.focus();
    setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the menu from wherever in it the focus is.
    <div
      class={`with-menu${open ? ' open' : ''}`}
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || open === false) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        type="button"
        class="round"
        ref={button}
        aria-label={label}
        aria-expanded={open !== false}
        aria-controls={id}
        onClick={toggle}
      >
        <Icon name={icon} />
      </button>
      <fieldset class={`menu ${open || ''}`} id={id} hidden={open === false} aria-label={label}>
        {open !== false && (
          <>
            {head !== undefined && (
              // biome-ignore lint/a11y/useKeyWithClickEvents: a press on one of the buttons in it closes the menu.
              // biome-ignore lint/a11y/noStaticElementInteractions: as above.
              <div
                class="head"
                onClick={(event) =>
                  event.target instanceof Element && event.target.closest('button') && close()
                }
              >
                {head}
              </div>
            )}
            {items.map(
              (item) =>
                item && (
                  <button
                    type="button"
                    key={item.label}
                    class={item.danger ? 'danger' : ''}
                    onClick={() => {
                      close();
                      item.run();
                    }}
                  >
                    {item.label}
                  </button>
                ),
            )}
          </>
        )}
      </fieldset>
    </div>
  );
}
