import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Area, bounded, type Point, swiped, toggled, type View, zoomed } from './zoom.ts';

/** Less than this is a press, in pixels. */
const STILL = 8;
/** Two presses within so many milliseconds are one of them. */
const TWICE = 300;
const NOWHERE: Point = { x: 0, y: 0 };

export interface GesturesOptions {
  readonly stage: RefObject<HTMLElement | null>;
  readonly area: Area;
  /** The picture as it fits; undefined for what cannot be zoomed. */
  readonly picture: Area | undefined;
  readonly view: View;
  setView(view: View): void;
  onSwipe(way: 'left' | 'right' | 'away'): void;
  /** A press beside the picture. */
  onBeside(): void;
}

interface Grip {
  readonly view: View;
  readonly at: number;
  readonly points: ReadonlyMap<number, Point>;
}

const middleOf = (points: readonly Point[]): Point => ({
  x: points.reduce((all, { x }) => all + x, 0) / points.length,
  y: points.reduce((all, { y }) => all + y, 0) / points.length,
});

const spread = ([a = NOWHERE, b = NOWHERE]: readonly Point[]): number =>
  Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));

/** How the picture is seen after two fingers moved. */
function pinched(grip: Grip, now: ReadonlyMap<number, Point>): View {
  const [from, to] = [[...grip.points.values()], [...now.values()]];
  const [before, after] = [middleOf(from), middleOf(to)];
  const { scale, x, y } = zoomed(grip.view, spread(to) / spread(from), before);
  return { scale, x: x + after.x - before.x, y: y + after.y - before.y };
}

/** Zooming by wheel, by two fingers and by a double press; moving what is larger, and swiping what is not. */
export function useGestures(options: GesturesOptions) {
  const latest = useRef(options);
  latest.current = options;
  const points = useRef(new Map<number, Point>());
  const grip = useRef<Grip | undefined>(undefined);
  const pressed = useRef<{ at: number; point: Point } | undefined>(undefined);
  const [drag, setDrag] = useState<Point | undefined>(undefined);

  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = latest.current.stage.current?.getBoundingClientRect();
    if (box === undefined) return NOWHERE;
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  };
  const show = (view: View) => {
    const { picture, area, setView } = latest.current;
    if (picture) setView(bounded(view, picture, area));
  };
  const hold = (at: number) => {
    grip.current = { view: latest.current.view, at, points: new Map(points.current) };
  };

  const { stage } = options;
  useEffect(() => {
    const element = stage.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002));
      show(zoomed(latest.current.view, factor, pointOf(event)));
    };
    // The page behind would scroll, and a pinch on a touchpad would zoom it.
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  });

  const onPointerDown = (event: PointerEvent) => {
    // A video has its own controls, which a mouse is for.
    const controls = (event.target as Element).closest('button, video') !== null;
    if (controls && event.pointerType === 'mouse') return;
    if (event.button !== 0) return;
    points.current.set(event.pointerId, pointOf(event));
    hold(event.timeStamp);
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = grip;
    if (current === undefined || !points.current.has(event.pointerId)) return;
    points.current.set(event.pointerId, pointOf(event));
    if (points.current.size > 1) return show(pinched(current, points.current));
    const from = current.points.get(event.pointerId) ?? NOWHERE;
    const to = pointOf(event);
    const by = { x: to.x - from.x, y: to.y - from.y };
    if (Math.hypot(by.x, by.y) < STILL && drag === undefined) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const { view } = latest.current;
    if (view.scale > 1) return show({ ...view, x: current.view.x + by.x, y: current.view.y + by.y });
    setDrag(Math.abs(by.x) >= Math.abs(by.y) ? { x: by.x, y: 0 } : { x: 0, y: by.y });
  };
  const press = (event: PointerEvent, point: Point) => {
    const { picture, area, view, setView, onBeside } = latest.current;
    const before = pressed.current;
    pressed.current = { at: event.timeStamp, point };
    const inside =
      picture && Math.abs(point.x) <= picture.width / 2 && Math.abs(point.y) <= picture.height / 2;
    if (view.scale === 1 && picture && !inside && area.width > 0) return onBeside();
    const twice = before !== undefined && event.timeStamp - before.at < TWICE;
    if (!twice || !picture) return;
    pressed.current = undefined;
    setView(bounded(toggled(view, point), picture, area));
  };
  const onPointerUp = (event: PointerEvent) => {
    const { current } = grip;
    const from = current?.points.get(event.pointerId);
    const several = points.current.size > 1;
    points.current.delete(event.pointerId);
    setDrag(undefined);
    if (current === undefined || from === undefined) return;
    if (several) return hold(event.timeStamp);
    grip.current = undefined;
    const to = pointOf(event);
    const by = { x: to.x - from.x, y: to.y - from.y };
    if (event.type === 'pointercancel') return;
    if (Math.hypot(by.x, by.y) < STILL) return press(event, to);
    if (latest.current.view.scale > 1) return;
    const time = Math.max(1, event.timeStamp - current.at);
    const way = swiped(by, { x: by.x / time, y: by.y / time }, latest.current.area);
    if (way) latest.current.onSwipe(way);
  };
  const handlers = { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp };
  return { drag, handlers };
}
