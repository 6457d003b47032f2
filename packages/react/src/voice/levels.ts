import { LIMITS } from '@inlay-im/protocol/rules';

/** How loud it is is taken once in so many milliseconds. */
export const STEP = 50;
/** Speech is far from the loudest there can be: this times the root mean square of its samples is near to 1. */
const GAIN = 4;

/** How loud samples are, from 0 to 255, as an ear has it rather than a meter. Samples go from -1 to 1. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const loudness = Math.min(1, GAIN * Math.sqrt(sum / Math.max(1, samples.length)));
  return Math.round(255 * Math.sqrt(loudness));
}

/** The levels with one more, taken when so many milliseconds are recorded. A page that sleeps takes none: they are held. */
export function withLevel(levels: readonly number[], level: number, ms: number): readonly number[] {
  const missing = Math.max(1, Math.floor(ms / STEP) - levels.length);
  return [...levels, ...new Array<number>(missing).fill(level)];
}

/** Base64 of one byte for each bar, no more than a message may have: the loudest of the levels that fall together. */
export function waveformOf(levels: readonly number[]): string {
  const count = Math.min(LIMITS.waveform, levels.length);
  const bars = Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * levels.length) / count));
    return Math.max(...levels.slice(from, to));
  });
  return btoa(String.fromCharCode(...bars));
}
