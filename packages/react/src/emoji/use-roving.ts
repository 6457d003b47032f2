import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { COLUMNS, moved, type Place } from './place.ts';

const START: Place = { section: 0, index: 0 };

/** How far below its upper edge a section counts as the one that is seen, in pixels. */
const LEEWAY = 24;

/** Which cell of the picker a node is or stands in. */
function placeOf(target: EventTarget | null): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  const section = cell?.closest<HTMLElement>('[data-section]');
  if (!cell || !section) return undefined;
  return { section: Number(section.dataset.section), index: Number(cell.dataset.index) };
}

/**
 * One cell that Tab leads to, and arrow keys that move from it (ARIA APG, roving tabindex); together with the way to
 * a section, and which one is seen.
 */
export function useRoving(counts: readonly number[], columns: number = COLUMNS) {
  const scroller = useRef<HTMLDivElement>(null);
  const [held, setAt] = useState<Place>(START);
  const [seen, setSeen] = useState(0);
  /** The cell that the focus goes to once it is there. */
  const wanted = useRef<Place | undefined>(undefined);
  const at = held.index < (counts[held.section] ?? 0) ? held : START;

  const find = (place: Place) =>
    scroller.current?.querySelector<HTMLElement>(
      `[data-section="${place.section}"] [data-index="${place.index}"]`,
    );
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    find(wanted.current)?.focus();
    wanted.current = undefined;
  });
  const to = (place: Place) => {
    wanted.current = place;
    setAt({ ...place });
  };
  const sectionBox = (section: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-section="${section}"]`);
  return {
    scroller,
    at,
    seen: Math.min(seen, counts.length - 1),
    placeOf,
    /** Puts the focus on the cell that Tab leads to. */
    enter: () => to(at),
    /** Other emojis are shown. */
    reset: () => {
      setAt(START);
      if (scroller.current) scroller.current.scrollTop = 0;
    },
    go: (section: number) => {
      const box = sectionBox(section);
      if (!box || !scroller.current) return;
      scroller.current.scrollTop = box.offsetTop;
      setAt({ section, index: 0 });
      setSeen(section);
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const from = placeOf(event.target);
      const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
      const next = from && moved(counts, from, event.key, { rtl, columns });
      if (next === undefined) return;
      event.preventDefault();
      to(next);
    },
    onFocus: (event: FocusEvent) => {
      const place = placeOf(event.target);
      if (place) setAt(place);
    },
    onScroll: () => {
      const { current } = scroller;
      if (current === null) return;
      const edge = current.scrollTop + LEEWAY;
      const past = counts.findLastIndex((_, section) => (sectionBox(section)?.offsetTop ?? Infinity) <= edge);
      setSeen(Math.max(0, past));
    },
  };
}
