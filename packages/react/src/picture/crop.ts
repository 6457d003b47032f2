/** An image, in its own pixels as seen. */
export interface Source {
  readonly width: number;
  readonly height: number;
}

/** The square of an image that is taken, in the image's pixels. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** A place in the square, from 0 to 1 each way. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

const MIDDLE: Spot = { x: 0.5, y: 0.5 };
/** Nobody is seen in fewer pixels than this. */
const FEWEST = 64;
const CLOSEST = 8;

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);
const widest = ({ width, height }: Source): number => Math.min(width, height);

/** How close one may come; 1: not at all. */
export const closest = (source: Source): number => between(widest(source) / FEWEST, 1, CLOSEST);

/** How close the square is: 1 where it is as large as the image lets it be. */
export const zoomOf = (source: Source, { side }: Crop): number => widest(source) / side;

/** The largest square, out of the middle. */
export function wholeOf(source: Source): Crop {
  const side = widest(source);
  return { x: (source.width - side) / 2, y: (source.height - side) / 2, side };
}

const within = ({ width, height }: Source, { x, y, side }: Crop): Crop => ({
  x: between(x, 0, width - side),
  y: between(y, 0, height - side),
  side,
});

/** The image is dragged by so many sides of the square; it stops at its edges. */
export const dragged = (source: Source, { x, y, side }: Crop, by: Spot): Crop =>
  within(source, { x: x - by.x * side, y: y - by.y * side, side });

/** As close as `zoom`, as far as that goes; what is seen at the spot stays there. */
export function zoomed(source: Source, crop: Crop, zoom: number, spot: Spot = MIDDLE): Crop {
  const side = widest(source) / between(zoom, 1, closest(source));
  const grown = crop.side - side;
  return within(source, { x: crop.x + grown * spot.x, y: crop.y + grown * spot.y, side });
}
