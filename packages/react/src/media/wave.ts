/** A bar is never lower than this share of the whole height. */
const LEAST = 0.12;

/** The bars of a waveform, each from 0 to 1, as many as are asked for: the loudest of those that fall together. */
export function barsOf(waveform: string | null, count: number): readonly number[] {
  const levels = waveform === null ? '' : atob(waveform);
  const loudest = Math.max(1, ...[...levels].map((level) => level.charCodeAt(0)));
  return Array.from({ length: count }, (_, i) => {
    if (levels === '') return LEAST;
    const from = Math.floor((i * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * levels.length) / count));
    const level = Math.max(...[...levels.slice(from, to)].map((one) => one.charCodeAt(0)));
    return Math.max(LEAST, level / loudest);
  });
}

/** The bars as the outline of an SVG path: each 2 wide with a gap of 1, around the middle of `height`. */
export const outlineOf = (bars: readonly number[], height: number): string =>
  bars
    .map((bar, i) => {
      const half = (bar * (height - 2)) / 2;
      return `M${i * 3 + 1} ${(height / 2 - half).toFixed(1)}V${(height / 2 + half).toFixed(1)}`;
    })
    .join('');

/** Milliseconds of a step with the arrow keys, and with the page keys. */
const [STEP, LEAP] = [1000, 5000];

/** Where a key leads in something so long, in milliseconds (ARIA APG, slider); undefined for all other keys. */
export function sought(key: string, at: number, length: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowRight: STEP,
    ArrowUp: STEP,
    ArrowLeft: -STEP,
    ArrowDown: -STEP,
    PageUp: LEAP,
    PageDown: -LEAP,
    Home: -length,
    End: length,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.max(0, Math.min(length, at + step));
}
