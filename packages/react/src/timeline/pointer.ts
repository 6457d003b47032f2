import { type PointerEvent, useEffect, useMemo, useRef } from 'react';

/** How long a finger rests before that means more than a press, in milliseconds; as on Android. */
const LONG = 450;
/** How far a finger may stray meanwhile, in pixels. */
const STRAY = 10;

type Rested = (target: Element, at: { readonly x: number; readonly y: number }) => void;

/** Handlers that tell when a finger rested on something: not every browser opens a context menu for that. */
export function useLongPress(rested: Rested) {
  const latest = useRef(rested);
  latest.current = rested;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(() => {
    let from = { x: 0, y: 0 };
    const cancel = () => clearTimeout(timer.current);
    return {
      onPointerDown: (event: PointerEvent) => {
        cancel();
        if (event.pointerType !== 'touch' || !(event.target instanceof Element)) return;
        const { target, clientX: x, clientY: y } = event;
        from = { x, y };
        timer.current = setTimeout(() => latest.current(target as Element, { x, y }), LONG);
      },
      onPointerMove: (event: PointerEvent) => {
        if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STRAY) cancel();
      },
      onPointerUp: cancel,
      onPointerCancel: cancel,
    };
  }, []);
}
