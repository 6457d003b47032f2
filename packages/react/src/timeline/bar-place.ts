/** As much of an element's rectangle as matters here, in pixels. */
export interface Edges {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Where the bar stands in the list, in pixels, and on which side of the bubble. */
export interface BarPlace {
  readonly top: number;
  readonly left: number;
  readonly side: 'left' | 'right' | 'over';
}

/** The room that three buttons need beside a bubble. */
const WIDTH = 112;
const GAP = 6;
/** The middle of the bar is so far below the upper edge of a bubble of more than one line. */
const DOWN = 22;

/** Beside the bubble, towards the middle of the list; where the bubble leaves no room, over its upper edge. */
export function barPlace(bubble: Edges, list: Edges, onRight: boolean): BarPlace {
  const middle = bubble.top + Math.min(DOWN, (bubble.bottom - bubble.top) / 2) - list.top;
  if (onRight && bubble.left - list.left >= WIDTH)
    return { side: 'left', top: middle, left: bubble.left - GAP - list.left };
  if (!onRight && list.right - bubble.right >= WIDTH)
    return { side: 'right', top: middle, left: bubble.right + GAP - list.left };
  return { side: 'over', top: bubble.top - list.top, left: bubble.right - GAP - list.left };
}
