import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { covers, Heights, type Range, rangeAround } from './range.ts';

/** So near to an end that it counts as reached, in pixels. */
const NEAR_END = 40;
/** So near to an end of what is loaded that the next page is fetched, in pixels. */
const NEAR_PAGE = 1200;
/** Before the box was measured. */
const FIRST_HEIGHT = 800;

/** A row that is to be brought into view, and where. */
interface Aim {
  readonly key: string;
  readonly at: 'middle' | 'upper';
}

/** What must survive a rendering: where the reader is, and what is known of the rows. */
class Book {
  readonly heights = new Heights();
  /**
   * The row that stays where it is, and how far its lower edge is from the top edge of what is seen: what stands above
   * a message comes and goes with the message before it.
   */
  key: string | undefined;
  end = 0;
  /** How far the list was scrolled when that was noted. */
  scrolled = 0;
  atEnd = true;
  height = FIRST_HEIGHT;
  width = 0;
  aim: Aim | undefined;
  range: Range = { start: 0, end: 0 };
  first: string | undefined;
  edges = new Float64Array([0]);
}

export interface ScrollOptions {
  /** The rows, oldest first. */
  readonly keys: readonly string[];
  /** Whether newer ones exist that are not loaded, so that the end of the list is not the end. */
  readonly hasAfter: boolean;
  /** Called whenever what is seen may be other than before. */
  onSeen(): void;
  nearStart(): void;
  nearEnd(): void;
}

const rowsOf = (list: HTMLElement): HTMLElement[] =>
  [...list.children].filter(
    (row): row is HTMLElement => row instanceof HTMLElement && row.dataset.key !== undefined,
  );

/** The last row of which the lower edge is seen. */
export function lastSeen(box: HTMLElement, list: HTMLElement): HTMLElement | undefined {
  const edge = box.getBoundingClientRect().bottom + 1;
  return rowsOf(list).findLast((row) => row.getBoundingClientRect().bottom <= edge);
}

/** How far below the upper edge of what is seen a row ends. */
const endIn = (box: HTMLElement, row: HTMLElement): number =>
  row.getBoundingClientRect().bottom - box.getBoundingClientRect().top;

function firstSeen(box: HTMLElement, list: HTMLElement): HTMLElement | undefined {
  const edge = box.getBoundingClientRect().top;
  return rowsOf(list).find((row) => row.getBoundingClientRect().bottom > edge);
}

const distanceToEnd = (box: HTMLElement): number => box.scrollHeight - box.scrollTop - box.clientHeight;

/** Where the upper edge of what is seen lies, by the heights that are known. */
function topOf(book: Book, keys: readonly string[], hasAfter: boolean): number {
  const { edges, aim, height } = book;
  const total = edges.at(-1) as number;
  const end = Math.max(0, total - height);
  const aimed = aim === undefined ? -1 : keys.indexOf(aim.key);
  if (aimed >= 0) return Math.max(0, Math.min(end, (edges[aimed] as number) - height / 2));
  if (book.atEnd && !hasAfter) return end;
  const held = book.key === undefined ? -1 : keys.indexOf(book.key);
  return held < 0 ? Math.min(end, book.scrolled) : (edges[held + 1] as number) - book.end;
}

/** Which rows are drawn: those of the last rendering as long as they reach far enough, so that rows come and go seldom. */
function choose(book: Book, keys: readonly string[], hasAfter: boolean): Range {
  book.edges = book.heights.edges(keys);
  const top = topOf(book, keys, hasAfter);
  const start = book.first === undefined ? -1 : keys.indexOf(book.first);
  const held = { start, end: start + book.range.end - book.range.start };
  const kept = start >= 0 && covers(book.edges, held, top, book.height);
  const range = kept ? held : rangeAround(book.edges, top, book.height);
  book.range = range;
  book.first = keys[range.start];
  return range;
}

/**
 * Draws the part of a growing list that is seen, and keeps it in its place: at the end it stays at the end, elsewhere
 * the first row that is seen stays where it is, whatever is put above it or taken away. The rows must be the children
 * of `list` and carry their key as `data-key`; `before` and `after` are the heights to leave free for the rows that are not
 * drawn.
 */
export function useScroll(options: ScrollOptions) {
  const { keys, hasAfter } = options;
  const box = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const [book] = useState(() => new Book());
  const [away, setAway] = useState(false);
  const [, again] = useReducer((count: number) => count + 1, 0);
  const latest = useRef(options);
  latest.current = options;
  const range = choose(book, keys, hasAfter);

  const look = useCallback(() => {
    if (box.current === null || list.current === null) return;
    const row = firstSeen(box.current, list.current);
    book.key = row?.dataset.key;
    book.end = row === undefined ? 0 : endIn(box.current, row);
    book.scrolled = box.current.scrollTop;
    book.atEnd = distanceToEnd(box.current) < NEAR_END;
    setAway(!book.atEnd || latest.current.hasAfter);
    if (book.scrolled < NEAR_PAGE) latest.current.nearStart();
    if (distanceToEnd(box.current) < NEAR_PAGE) latest.current.nearEnd();
    latest.current.onSeen();
  }, [book]);

  const short = useCallback(() => {
    if (box.current === null) return false;
    const top = box.current.scrollTop;
    return !covers(book.edges, book.range, top, book.height);
  }, [book]);

  const onScroll = useCallback(() => {
    look();
    // The rows must be there in this very frame, or the reader would see where none are drawn.
    if (short()) flushSync(again);
  }, [look, short]);

  const measure = useCallback(() => {
    if (box.current === null || list.current === null) return;
    const { clientHeight, clientWidth } = box.current;
    if (clientWidth !== book.width) book.heights.keep([]);
    book.width = clientWidth;
    book.height = clientHeight;
    for (const row of rowsOf(list.current))
      book.heights.set(row.dataset.key as string, row.getBoundingClientRect().height);
  }, [book]);

  const reach = useCallback(
    (aim: Aim): boolean => {
      const row = list.current && rowsOf(list.current).find((each) => each.dataset.key === aim.key);
      if (box.current === null || !row) return false;
      const target = row.querySelector('[data-divider]') ?? row.querySelector('[data-message]') ?? row;
      const { top, height } = target.getBoundingClientRect();
      const room = book.height - height;
      const wanted = aim.at === 'middle' ? Math.max(16, room / 2) : Math.min(96, Math.max(16, room));
      box.current.scrollTop += top - box.current.getBoundingClientRect().top - wanted;
      return true;
    },
    [book],
  );

  /** The browser tells of scrolling a frame late; what comes in between must not undo it. */
  const follow = useCallback(() => {
    if (box.current === null || book.aim !== undefined) return;
    const moved = box.current.scrollTop - book.scrolled;
    if (moved < 0 && distanceToEnd(box.current) >= NEAR_END) book.atEnd = false;
    book.end -= moved;
  }, [book]);

  const settle = useCallback(() => {
    if (box.current === null || list.current === null) return;
    const { aim } = book;
    if (aim !== undefined) {
      if (!reach(aim)) return;
      book.aim = undefined;
    } else if (book.atEnd && !latest.current.hasAfter) box.current.scrollTop = box.current.scrollHeight;
    else {
      const row = rowsOf(list.current).find((each) => each.dataset.key === book.key);
      const moved = row === undefined ? 0 : endIn(box.current, row) - book.end;
      if (Math.abs(moved) > 0.5) box.current.scrollTop += moved;
    }
    look();
  }, [book, look, reach]);

  useLayoutEffect(() => {
    follow();
    measure();
    const { keys: rows, hasAfter: more } = latest.current;
    book.edges = book.heights.edges(rows);
    if (!covers(book.edges, book.range, topOf(book, rows, more), book.height)) return again();
    settle();
    if (short()) again();
  });

  useEffect(() => {
    book.heights.keep(keys);
  }, [book, keys]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      follow();
      measure();
      settle();
      if (short()) again();
    });
    if (box.current) observer.observe(box.current);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, [follow, measure, settle, short]);

  const toEnd = useCallback(() => {
    book.aim = undefined;
    book.atEnd = true;
    again();
  }, [book]);

  const toRow = useCallback(
    (key: string, at: Aim['at'] = 'middle') => {
      book.atEnd = false;
      book.aim = { key, at };
      again();
    },
    [book],
  );

  const before = book.edges[range.start] as number;
  const after = (book.edges.at(-1) as number) - (book.edges[range.end] as number);
  return { box, list, range, before, after, away, onScroll, look, toEnd, toRow, atEnd: () => book.atEnd };
}
