/** The first retry comes within this many milliseconds. */
export const BASE = 500;
/** No retry waits longer. */
export const CAP = 30_000;
/** A connection that held this long makes the next failure count as the first. */
export const STABLE = 30_000;

/**
 * Milliseconds before attempt number `attempt` (from 0): full jitter over an exponential back-off, so that many
 * clients that lost one node do not return together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const backoff = (attempt: number, random: () => number): number =>
  random() * Math.min(CAP, BASE * 2 ** Math.min(attempt, 16));
