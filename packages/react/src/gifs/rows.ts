/** Pictures side by side, all of one height. */
export interface GifRow {
  /** The number of its first picture. */
  readonly from: number;
  /** Width by height, as they are shown. */
  readonly ratios: readonly number[];
  /** Pixels. */
  readonly height: number;
}

/** A row is best this high, in pixels; one that is filled is lower. */
const HEIGHT = 120;
/** Pictures that are further from a square than this are cut. */
const [NARROWEST, WIDEST] = [0.6, 2.4];
/** Between pictures, in pixels. */
export const GAP = 4;

const between = (least: number, most: number, value: number): number =>
  Math.max(least, Math.min(most, value));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Lays pictures out in rows that fill a width, in their order. The last one stays as high as is best, so that those that
 * come after it find their places beside it.
 */
export function gifRows(sides: readonly { width: number; height: number }[], width: number): GifRow[] {
  const rows: GifRow[] = [];
  let ratios: number[] = [];
  const close = (height: number) => {
    rows.push({ from: rows.reduce((count, row) => count + row.ratios.length, 0), ratios, height });
    ratios = [];
  };
  for (const side of sides) {
    ratios.push(between(NARROWEST, WIDEST, side.width / side.height));
    const free = width - GAP * (ratios.length - 1);
    if (sum(ratios) * HEIGHT >= free) close(free / sum(ratios));
  }
  if (ratios.length > 0) close(HEIGHT);
  return rows;
}

/** Where the middle of a picture is along its row, in pixels. */
const middle = ({ ratios, height }: GifRow, at: number): number =>
  sum(ratios.slice(0, at)) * height + at * GAP + ((ratios[at] ?? 0) * height) / 2;

/** The picture of another row that is most nearly above or below. */
function across(rows: readonly GifRow[], index: number, step: 1 | -1): number | undefined {
  const at = rows.findLastIndex(({ from }) => from <= index);
  const [row, next] = [rows[at], rows[at + step]];
  if (row === undefined || next === undefined) return undefined;
  const from = middle(row, index - row.from);
  const far = next.ratios.map((_, i) => Math.abs(middle(next, i) - from));
  return next.from + far.indexOf(Math.min(...far));
}

/** Which picture a key leads to from one; undefined where it leads nowhere. */
export function gifMoved(
  rows: readonly GifRow[],
  index: number,
  { key, rtl }: { key: string; rtl: boolean },
): number | undefined {
  const last = sum(rows.map(({ ratios }) => ratios.length)) - 1;
  const within = (to: number) => (to < 0 || to > last ? undefined : to);
  switch (key) {
    case 'ArrowRight':
      return within(index + (rtl ? -1 : 1));
    case 'ArrowLeft':
      return within(index + (rtl ? 1 : -1));
    case 'ArrowDown':
      return across(rows, index, 1);
    case 'ArrowUp':
      return across(rows, index, -1);
    case 'Home':
      return within(0);
    case 'End':
      return within(last);
    default:
      return undefined;
  }
}
