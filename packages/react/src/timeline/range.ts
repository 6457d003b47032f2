/** What is drawn beyond each edge of what is seen, in pixels. */
const OVERSCAN = 700;
/** With less than this beyond an edge, what is drawn is chosen anew. */
const RESERVE = 250;
/** Taken for the height of a row before any was measured, in pixels. */
const GUESS = 56;

/** Rows from `start` up to and without `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The heights of rows by key, in pixels. A row that was not measured is taken for one that is average when it comes, and
 * stays so until it is measured: otherwise each row that is drawn would move all that are not.
 */
export class Heights {
  readonly #known = new Map<string, number>();
  readonly #guessed = new Map<string, number>();
  #sum = 0;

  get average(): number {
    return this.#known.size === 0 ? GUESS : this.#sum / this.#known.size;
  }

  set(key: string, height: number): void {
    this.#sum += height - (this.#known.get(key) ?? 0);
    this.#known.set(key, height);
    this.#guessed.delete(key);
  }

  /** The upper edge of each row and, last, the lower edge of all. */
  edges(keys: readonly string[]): Float64Array<ArrayBuffer> {
    const edges = new Float64Array(keys.length + 1);
    for (let i = 0; i < keys.length; i += 1)
      edges[i + 1] = (edges[i] as number) + this.#heightOf(keys[i] as string);
    return edges;
  }

  /** Forgets all but these, so that what was scrolled past does not pile up; with none, all. */
  keep(keys: readonly string[]): void {
    const kept = new Set(keys);
    for (const key of this.#guessed.keys()) if (!kept.has(key)) this.#guessed.delete(key);
    for (const [key, height] of this.#known) {
      if (kept.has(key)) continue;
      this.#known.delete(key);
      this.#sum -= height;
    }
  }

  #heightOf(key: string): number {
    const known = this.#known.get(key) ?? this.#guessed.get(key);
    if (known !== undefined) return known;
    const { average } = this;
    // Before anything was measured there is no average to hold on to.
    if (this.#known.size > 0) this.#guessed.set(key, average);
    return average;
  }
}

/** The first row of which the lower edge lies beyond `at`. */
export function rowAt(edges: Float64Array, at: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle + 1] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether what is drawn still reaches far enough beyond what is seen. */
export function covers(edges: Float64Array, range: Range, top: number, height: number): boolean {
  const count = edges.length - 1;
  if (range.end > count || range.start > range.end) return false;
  const above = range.start === 0 || (edges[range.start] as number) <= top - RESERVE;
  const below = range.end === count || (edges[range.end] as number) >= top + height + RESERVE;
  return above && below;
}

/** The rows to draw around what is seen: `top` is its upper edge, `height` its height. */
export function rangeAround(edges: Float64Array, top: number, height: number): Range {
  const count = edges.length - 1;
  const seen = Math.max(0, Math.min(top, (edges[count] as number) - height));
  const start = Math.min(rowAt(edges, seen - OVERSCAN), Math.max(0, count - 1));
  return { start, end: Math.min(count, rowAt(edges, seen + height + OVERSCAN) + 1) };
}
