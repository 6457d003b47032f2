import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { Spot } from './crop.ts';

/** What a person does to the image: drags it by so many sides of the square, and comes closer at a spot. */
export interface Gesture {
  readonly by: Spot;
  /** Above 1: closer. */
  readonly ratio: number;
  readonly at: Spot;
}

const STILL: Spot = { x: 0, y: 0 };
const MIDDLE: Spot = { x: 0.5, y: 0.5 };
/** What one press of a key does. */
const KEY = { step: 0.05, ratio: 1.15 };
/** How much closer a pixel of the wheel takes; a pinch on a touch pad comes as a wheel of few pixels with Ctrl. */
const WHEEL = { plain: 0.0015, pinch: 0.01 };
/** Pixels of a line, for wheels that turn by lines. */
const LINE = 16;

const middle = (points: readonly Spot[]): Spot => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});
const span = ([a, b]: readonly Spot[]): number => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 1);

const KEYS: Readonly<Record<string, Partial<Gesture>>> = {
  ArrowLeft: { by: { x: -KEY.step, y: 0 } },
  ArrowRight: { by: { x: KEY.step, y: 0 } },
  ArrowUp: { by: { x: 0, y: -KEY.step } },
  ArrowDown: { by: { x: 0, y: KEY.step } },
  '+': { ratio: KEY.ratio },
  '=': { ratio: KEY.ratio },
  '-': { ratio: 1 / KEY.ratio },
};

/** Mouse, one or two fingers, wheel and keys as gestures. Places are told from `frame`, the square that is taken. */
export function useGestures(
  stage: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
  on: (gesture: Gesture) => void,
) {
  const latest = useRef(on);
  latest.current = on;
  const points = useRef(new Map<number, Spot>());
  const spotOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Spot => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return MIDDLE;
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads what is current.
  useEffect(() => {
    const { current } = stage;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
      const ratio = Math.exp(-pixels * (event.ctrlKey ? WHEEL.pinch : WHEEL.plain));
      latest.current({ by: STILL, ratio, at: spotOf(event) });
    };
    // React listens for wheels in a way that cannot keep the page from scrolling.
    current?.addEventListener('wheel', wheel, { passive: false });
    return () => current?.removeEventListener('wheel', wheel);
  }, [stage]);

  const lift = (event: PointerEvent) => void points.current.delete(event.pointerId);
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || points.current.size >= 2) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      points.current.set(event.pointerId, spotOf(event));
    },
    onPointerMove(event: PointerEvent) {
      if (!points.current.has(event.pointerId)) return;
      const before = [...points.current.values()];
      points.current.set(event.pointerId, spotOf(event));
      const after = [...points.current.values()];
      const [from, at] = [middle(before), middle(after)];
      latest.current({ by: { x: at.x - from.x, y: at.y - from.y }, ratio: span(after) / span(before), at });
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onKeyDown(event: KeyboardEvent) {
      const gesture = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
      if (gesture === undefined) return;
      event.preventDefault();
      latest.current({ by: STILL, ratio: 1, at: MIDDLE, ...gesture });
    },
  };
}
