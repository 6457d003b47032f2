/** So many stand in a row. */
export const COLUMNS = 8;

/** How cells lie: the direction of the page, and how many stand in a row. */
export interface Layout {
  readonly rtl?: boolean;
  readonly columns?: number;
}

/** One cell of the picker: which section, and which one in it. */
export interface Place {
  readonly section: number;
  readonly index: number;
}

const last = (count: number): number => count - 1;

/** The same column in a row of another section; its last cell where the row is shorter. */
function inColumn(
  count: number,
  column: number,
  { row, columns }: { row: 'first' | 'last'; columns: number },
) {
  const start = row === 'first' ? 0 : Math.floor(last(count) / columns) * columns;
  return Math.min(start + column, last(count));
}

/**
 * Where a key leads to from a cell, in sections of so many cells each; undefined: nowhere, or not a key for moving.
 * Left and right are those of the page: `rtl` turns them around.
 */
export function moved(
  counts: readonly number[],
  at: Place,
  key: string,
  { rtl = false, columns = COLUMNS }: Layout = {},
): Place | undefined {
  const { section, index } = at;
  const count = counts[section] ?? 0;
  const next = (step: number) => {
    for (let i = section + step; i >= 0 && i < counts.length; i += step) if (counts[i]) return i;
    return undefined;
  };
  const into = (step: 1 | -1, place: (count: number) => number): Place | undefined => {
    const found = next(step);
    return found === undefined ? undefined : { section: found, index: place(counts[found] ?? 0) };
  };
  const column = index % columns;
  switch (key) {
    case rtl ? 'ArrowLeft' : 'ArrowRight':
      return index < last(count) ? { section, index: index + 1 } : into(1, () => 0);
    case rtl ? 'ArrowRight' : 'ArrowLeft':
      return index > 0 ? { section, index: index - 1 } : into(-1, last);
    case 'ArrowDown':
      if (index + columns <= last(count)) return { section, index: index + columns };
      // From a full row above a shorter one the last cell is nearest.
      if (Math.floor(index / columns) < Math.floor(last(count) / columns))
        return { section, index: last(count) };
      return into(1, (there) => inColumn(there, column, { row: 'first', columns }));
    case 'ArrowUp':
      if (index >= columns) return { section, index: index - columns };
      return into(-1, (there) => inColumn(there, column, { row: 'last', columns }));
    case 'Home':
      return { section, index: index - column };
    case 'End':
      return { section, index: Math.min(index - column + columns - 1, last(count)) };
    case 'PageDown':
      return into(1, () => 0);
    case 'PageUp':
      return into(-1, () => 0);
    default:
      return undefined;
  }
}
