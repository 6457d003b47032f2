import { type MouseEvent, type PointerEvent, useMemo, useRef, useState } from 'react';

/** A finger that went so far, in pixels, has shown where it goes. */
const SLOP = 12;
/** From so far on, letting go does what the swipe is for. */
const ENOUGH = 72;
/** A row follows the finger no further than that. */
const FARTHEST = 112;

/** Towards the end of the line, or back towards its start: with a language from right to left it is the other way round. */
export type Way = 'start' | 'end';

/** Where a finger that moved goes; undefined while that is not clear. Whoever scrolls does not swipe. */
export function directionOf(dx: number, dy: number): 'across' | 'along' | undefined {
  if (Math.hypot(dx, dy) < SLOP) return undefined;
  return Math.abs(dx) > Math.abs(dy) * 1.5 ? 'across' : 'along';
}

/** How far a row is moved by a finger that moved so far; beyond what is enough it becomes heavier. */
export function pulled(dx: number): number {
  const far = Math.abs(dx);
  const heavy = far <= ENOUGH ? far : ENOUGH + (far - ENOUGH) * 0.35;
  return Math.sign(dx) * Math.min(FARTHEST, heavy);
}

export const wayOf = (dx: number, rtl: boolean): Way => (dx > 0 === rtl ? 'start' : 'end');

/** Whether letting go there does what the swipe is for. */
export const isEnough = (dx: number): boolean => Math.abs(dx) >= ENOUGH;

export interface Swiped {
  readonly id: string;
  readonly way: Way;
  readonly enough: boolean;
}

interface Finger {
  readonly pointer: number;
  readonly row: HTMLElement;
  readonly x: number;
  readonly y: number;
  readonly rtl: boolean;
  across: boolean;
}

function follow({ row }: Finger, dx: number | undefined): void {
  row.classList.toggle('swiping', dx !== undefined);
  if (dx === undefined) row.style.removeProperty('--swipe');
  else row.style.setProperty('--swipe', `${pulled(dx)}px`);
}

/**
 * Swiping rows (`[data-id]`) with a finger. The row follows it without being rendered; `swiped` tells which one it is
 * and what letting go would do. Handlers go to the list; its rows leave scrolling along to the browser by
 * `touch-action: pan-y`.
 */
export function useSwipe(done: (id: string, way: Way) => void) {
  const latest = useRef(done);
  latest.current = done;
  const [swiped, setSwiped] = useState<Swiped | undefined>(undefined);
  const handlers = useMemo(() => {
    let finger: Finger | undefined;
    /** A swipe is no press, even where it ends on the row that it began on. */
    let swallow = false;
    const end = () => {
      if (finger) follow(finger, undefined);
      finger = undefined;
      setSwiped(undefined);
    };
    const move = (event: PointerEvent) => {
      if (finger === undefined || event.pointerId !== finger.pointer) return;
      const dx = event.clientX - finger.x;
      if (!finger.across) {
        const direction = directionOf(dx, event.clientY - finger.y);
        if (direction === 'along') finger = undefined;
        if (finger === undefined || direction === undefined) return;
        finger.across = true;
        swallow = true;
        finger.row.setPointerCapture(event.pointerId);
      }
      follow(finger, dx);
      const now = { id: finger.row.dataset.id ?? '', way: wayOf(dx, finger.rtl), enough: isEnough(dx) };
      setSwiped((held) => (held?.way === now.way && held.enough === now.enough ? held : now));
    };
    return {
      onPointerDown: (event: PointerEvent) => {
        end();
        swallow = false;
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
        if (event.pointerType !== 'touch' || !event.isPrimary || row === null) return;
        const rtl = getComputedStyle(row).direction === 'rtl';
        finger = { pointer: event.pointerId, row, x: event.clientX, y: event.clientY, rtl, across: false };
      },
      onPointerMove: move,
      onPointerUp: (event: PointerEvent) => {
        const { current } = latest;
        const held = finger;
        end();
        if (held === undefined || !held.across || event.pointerId !== held.pointer) return;
        const dx = event.clientX - held.x;
        if (isEnough(dx)) current(held.row.dataset.id ?? '', wayOf(dx, held.rtl));
      },
      onPointerCancel: end,
      onClickCapture: (event: MouseEvent) => {
        if (!swallow) return;
        swallow = false;
        event.preventDefault();
        event.stopPropagation();
      },
      /** Something else began with this finger: its menu opened. */
      stop: end,
    };
  }, []);
  return { swiped, handlers };
}
