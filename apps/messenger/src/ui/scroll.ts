import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** So near to an end that it counts as reached, in pixels. */
const NEAR_END = 40;
/** So near to an end that the next page is fetched, in pixels. */
const NEAR_PAGE = 600;

interface Place {
  /** The row that stays where it is, and its distance from the top edge of what is seen. */
  row: HTMLElement | undefined;
  top: number;
  /** How far the list was scrolled when this was noted. */
  scrolled: number;
}

export interface ScrollOptions {
  /** Called whenever what is seen may be other than before. */
  onSeen(): void;
  nearStart(): void;
  nearEnd(): void;
}

const rowsOf = (box: HTMLElement): NodeListOf<HTMLElement> => box.querySelectorAll<HTMLElement>('[data-row]');

/** The last row of which the lower edge is seen. Rows stand in order, so that halving finds it. */
export function lastSeen(box: HTMLElement): HTMLElement | undefined {
  const rows = rowsOf(box);
  const edge = box.getBoundingClientRect().bottom + 1;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as HTMLElement).getBoundingClientRect().bottom <= edge) low = middle + 1;
    else high = middle;
  }
  return rows[low - 1];
}

function firstSeen(box: HTMLElement): HTMLElement | undefined {
  const edge = box.getBoundingClientRect().top;
  for (const row of rowsOf(box)) if (row.getBoundingClientRect().bottom > edge) return row;
  return undefined;
}

const distanceToEnd = (box: HTMLElement): number => box.scrollHeight - box.scrollTop - box.clientHeight;

/**
 * Keeps a growing list in its place: at the end it stays at the end; elsewhere the first row that is seen stays where
 * it is, whatever is put above it.
 */
export function useScroll(options: ScrollOptions) {
  const box = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const place = useRef<Place>({ row: undefined, top: 0, scrolled: 0 });
  const [away, setAway] = useState(false);
  const latest = useRef(options);
  latest.current = options;

  const note = useCallback(() => {
    const { current } = box;
    if (current === null) return;
    atEnd.current = distanceToEnd(current) < NEAR_END;
    const row = firstSeen(current);
    place.current = { row, top: row?.getBoundingClientRect().top ?? 0, scrolled: current.scrollTop };
    setAway(!atEnd.current);
    if (current.scrollTop < NEAR_PAGE) latest.current.nearStart();
    if (distanceToEnd(current) < NEAR_PAGE) latest.current.nearEnd();
    latest.current.onSeen();
  }, []);

  /** The browser tells of scrolling a frame late; what comes in between must not undo it. */
  const follow = useCallback(() => {
    const { current } = box;
    if (current === null) return;
    const moved = current.scrollTop - place.current.scrolled;
    if (moved < 0 && distanceToEnd(current) >= NEAR_END) atEnd.current = false;
    place.current.top -= moved;
  }, []);

  const settle = useCallback(() => {
    const { current } = box;
    const { row, top } = place.current;
    if (current === null) return;
    if (atEnd.current) current.scrollTop = current.scrollHeight;
    else if (row?.isConnected) current.scrollTop += row.getBoundingClientRect().top - top;
    note();
  }, [note]);

  const hold = useCallback(() => {
    follow();
    settle();
  }, [follow, settle]);

  const toEnd = useCallback(() => {
    atEnd.current = true;
    settle();
  }, [settle]);

  const toRow = useCallback(
    (row: Element) => {
      atEnd.current = false;
      row.scrollIntoView({ block: 'center' });
      note();
    },
    [note],
  );

  useLayoutEffect(hold);
  useEffect(() => {
    const observer = new ResizeObserver(hold);
    if (box.current) observer.observe(box.current);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, [hold]);

  return { box, list, away, atEnd, note, toEnd, toRow };
}
