import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';

/** Rows that are drawn beyond each edge of what is seen. */
const OVERSCAN = 8;
/** Before a row was measured, in pixels. */
const GUESS = 68;

/** The rows from `start` to before `end` are drawn. */
export interface Shown {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
  readonly boxRef: RefObject<HTMLDivElement | null>;
  readonly rowsRef: RefObject<HTMLUListElement | null>;
  onScroll(): void;
  /** Scrolls a row into view. */
  show(row: number): void;
}

/**
 * Draws only what is seen of a long list of rows of one height, which the first row tells. `before` and `after` are
 * the heights to leave free; `rowsRef` and `boxRef` go to the list and to what scrolls, which the list's place is
 * reckoned from. `box`: what scrolls, where that is elsewhere.
 */
export function useRows(count: number, box?: RefObject<HTMLDivElement | null>): Shown {
  const own = useRef<HTMLDivElement>(null);
  const boxRef = box ?? own;
  const rowsRef = useRef<HTMLUListElement>(null);
  const [height, setHeight] = useState(GUESS);
  const [seen, setSeen] = useState({ first: 0, rows: 20 });
  const [, again] = useReducer((n: number) => n + 1, 0);
  const look = useCallback(() => {
    const { current } = boxRef;
    if (current === null) return;
    const row = rowsRef.current?.querySelector('li')?.getBoundingClientRect().height;
    const tall = row && row > 0 ? row : GUESS;
    const offset = rowsRef.current?.offsetTop ?? 0;
    const first = Math.max(0, Math.floor((current.scrollTop - offset) / tall));
    const rows = Math.ceil(current.clientHeight / tall) + 1;
    setHeight(tall);
    setSeen((held) => (held.first === first && held.rows === rows ? held : { first, rows }));
  }, [boxRef]);
  useLayoutEffect(look);
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      look();
      again();
    });
    if (boxRef.current) observer.observe(boxRef.current);
    return () => observer.disconnect();
  }, [look, boxRef]);
  const show = useCallback(
    (row: number) => {
      const { current } = boxRef;
      if (current === null) return;
      const top = row * height + (rowsRef.current?.offsetTop ?? 0);
      if (top < current.scrollTop) current.scrollTop = top;
      else if (top + height > current.scrollTop + current.clientHeight)
        current.scrollTop = top + height - current.clientHeight;
    },
    [height, boxRef],
  );
  const start = Math.max(0, Math.min(seen.first - OVERSCAN, count - 1));
  const end = Math.min(count, seen.first + seen.rows + OVERSCAN);
  return {
    start,
    end,
    before: start * height,
    after: Math.max(0, count - end) * height,
    boxRef,
    rowsRef,
    onScroll: look,
    show,
  };
}
