/** How an image is looked at: so many times as large as it fits, and moved from the middle by pixels. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Sides in pixels. */
export interface Area {
  readonly width: number;
  readonly height: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
const LARGEST = 8;
/** A double press makes it so large. */
const CLOSE = 2.5;

const limited = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** A picture as large as it fits in an area. */
export function fitted({ width, height }: Area, area: Area): Area {
  const scale = Math.min(area.width / width, area.height / height);
  return { width: width * scale, height: height * scale };
}

/** Moved no further than its edges allow: where it is smaller than the area it stays in the middle. */
export function bounded(view: View, picture: Area, area: Area): View {
  const room = (side: number, whole: number) => Math.max(0, (side * view.scale - whole) / 2);
  return {
    scale: view.scale,
    x: limited(view.x, room(picture.width, area.width)),
    y: limited(view.y, room(picture.height, area.height)),
  };
}

/** Larger or smaller by a factor, while the point, seen from the middle, stays where it is. */
export function zoomed(view: View, factor: number, { x, y }: Point = { x: 0, y: 0 }): View {
  const scale = Math.max(1, Math.min(LARGEST, view.scale * factor));
  const by = scale / view.scale;
  return scale === 1 ? WHOLE : { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
}

/** What a double press does. */
export const toggled = (view: View, at: Point): View => (view.scale > 1 ? WHOLE : zoomed(WHOLE, CLOSE, at));

/** What a swipe means, by how far and how fast (pixels a millisecond) it went. */
export function swiped(by: Point, speed: Point, area: Area): 'left' | 'right' | 'away' | undefined {
  const [across, down] = [Math.abs(by.x), Math.abs(by.y)];
  if (across > down) {
    const far = across > area.width / 4 || (across > 30 && Math.abs(speed.x) > 0.4);
    return far ? (by.x < 0 ? 'left' : 'right') : undefined;
  }
  return down > area.height / 5 || (down > 60 && Math.abs(speed.y) > 0.6) ? 'away' : undefined;
}
