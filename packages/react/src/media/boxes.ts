/** A rectangle in an album that is 1 wide: from its start and top edge. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly boxes: readonly Box[];
  /** Of the whole, where its width is 1. */
  readonly height: number;
}

/** The sides of something as it was measured; null where it was not. */
export interface Sides {
  readonly width: number | null;
  readonly height: number | null;
}

/** The longest side of one picture in a bubble, and the width of an album, in pixels. */
export const LARGEST = 400;
/** What is smaller stands in the middle of a box of this side. */
const SMALLEST = 120;
/** Pictures of an album are cut where they are further from a square than this. */
const [NARROWEST, WIDEST] = [0.6, 1.9];
/** A row of an album is best this high. */
const ROW = 0.4;
const ROW_MOST = 4;

/** Width by height; of what was never measured that of a screen. */
export const ratioOf = ({ width, height }: Sides): number =>
  width !== null && height !== null && width > 0 && height > 0 ? width / height : 4 / 3;

const between = (least: number, most: number, value: number): number =>
  Math.max(least, Math.min(most, value));

/** The box of one picture in pixels: as large as it is where that fits, else as large as fits in its own shape. */
export function singleBox(sides: Sides): { readonly width: number; readonly height: number } {
  const ratio = between(1 / 3, 3, ratioOf(sides));
  const measured = sides.width !== null && sides.height !== null;
  const natural = measured ? Math.max(sides.width ?? 0, (sides.height ?? 0) * ratio) : LARGEST;
  const width = Math.min(natural, LARGEST, LARGEST * ratio);
  return {
    width: Math.round(Math.max(SMALLEST, width)),
    height: Math.round(Math.max(SMALLEST, width / ratio)),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Pictures side by side, all of one height. */
function rowOf(ratios: readonly number[], y: number): { boxes: Box[]; height: number } {
  const all = sum(ratios);
  const height = Math.min(1, 1 / all);
  let x = 0;
  const boxes = ratios.map((ratio) => {
    const width = ratio / all;
    const box = { x, y, width, height };
    x += width;
    return box;
  });
  return { boxes, height };
}

/** A large one beside a column of the others. */
function besideColumn(first: number, others: readonly number[]): Layout {
  const stacked = sum(others.map((ratio) => 1 / ratio));
  const column = between(0.28, 0.5, 1 / (1 + first * stacked));
  const height = between(0.6, 1.15, (1 - column) / first);
  let y = 0;
  const boxes = others.map((ratio) => {
    const own = (height * (1 / ratio)) / stacked;
    const box = { x: 1 - column, y, width: column, height: own };
    y += own;
    return box;
  });
  return { boxes: [{ x: 0, y: 0, width: 1 - column, height }, ...boxes], height };
}

function inRows(ratios: readonly number[], lengths: readonly number[]): Layout {
  const boxes: Box[] = [];
  let [from, height] = [0, 0];
  for (const length of lengths) {
    const row = rowOf(ratios.slice(from, from + length), height);
    boxes.push(...row.boxes);
    from += length;
    height += row.height;
  }
  return { boxes, height };
}

/** How many go in each row, so that the rows are as near to the best height as they can be. */
function rowLengths(ratios: readonly number[]): readonly number[] {
  const best: { cost: number; lengths: readonly number[] }[] = [{ cost: 0, lengths: [] }];
  for (let end = 1; end <= ratios.length; end++) {
    for (let length = 1; length <= Math.min(ROW_MOST, end); length++) {
      const before = best[end - length] as (typeof best)[number];
      const height = Math.min(1, 1 / sum(ratios.slice(end - length, end)));
      const cost = before.cost + Math.log(height / ROW) ** 2;
      const held = best[end];
      if (held === undefined || cost < held.cost) best[end] = { cost, lengths: [...before.lengths, length] };
    }
  }
  return best[ratios.length]?.lengths ?? [];
}

/**
 * Where the pictures of an album stand, in their order: two beside or over each other, of three and four the first one
 * large, more of them in rows.
 */
export function albumLayout(sides: readonly Sides[]): Layout {
  const ratios = sides.map((one) => between(NARROWEST, WIDEST, ratioOf(one)));
  const [first = 1, ...others] = ratios;
  if (ratios.length === 2 && ratios.every((ratio) => ratio > 1.4)) return inRows(ratios, [1, 1]);
  if (ratios.length < 3) return inRows(ratios, [ratios.length]);
  if (ratios.length > 4) return inRows(ratios, rowLengths(ratios));
  return first > 1.2 ? inRows(ratios, [1, others.length]) : besideColumn(first, others);
}

/** Of the widths that there are, the narrowest that is sharp in so many pixels; undefined: only the whole is. */
export function sharpest<S extends { readonly width: number }>(
  steps: readonly S[],
  pixels: number,
): S | undefined {
  // A tenth less than the screen has is not seen.
  return steps.find(({ width }) => width >= pixels * 0.9);
}
