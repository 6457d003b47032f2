import { describe, expect, test } from 'bun:test';
import { covers, Heights, rangeAround, rowAt } from './range.ts';

const keys = Array.from({ length: 400 }, (_, i) => `k${i}`);

function even(height: number): Float64Array {
  const heights = new Heights();
  for (const key of keys) heights.set(key, height);
  return heights.edges(keys);
}

describe('heights', () => {
  test('a row that was not measured is taken for an average one', () => {
    const heights = new Heights();
    heights.set('k0', 40);
    heights.set('k1', 80);
    expect([...heights.edges(['k0', 'k1', 'k2'])]).toEqual([0, 40, 120, 180]);
  });

  test('measuring a row again counts it once', () => {
    const heights = new Heights();
    heights.set('k0', 40);
    heights.set('k0', 100);
    expect(heights.average).toBe(100);
  });

  test('rows that are gone do not count any more', () => {
    const heights = new Heights();
    heights.set('k0', 40);
    heights.set('k1', 80);
    heights.keep(['k1']);
    expect(heights.average).toBe(80);
  });
});

test('a place on the page is that of the row which covers it', () => {
  const edges = even(50);
  expect(rowAt(edges, -10)).toBe(0);
  expect(rowAt(edges, 0)).toBe(0);
  expect(rowAt(edges, 49)).toBe(0);
  expect(rowAt(edges, 50)).toBe(1);
  expect(rowAt(edges, 1e9)).toBe(400);
});

describe('what is drawn', () => {
  test('covers what is seen and some more on both sides, and stays bounded', () => {
    const edges = even(50);
    for (const top of [0, 333, 7000, 19_250, 1e6]) {
      const range = rangeAround(edges, top, 750);
      expect(range.end - range.start).toBeLessThan(50);
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeLessThanOrEqual(400);
      expect(covers(edges, range, Math.min(top, 400 * 50 - 750), 750)).toBe(true);
    }
  });

  test('is chosen anew only when an edge comes near', () => {
    const edges = even(50);
    const range = rangeAround(edges, 5000, 750);
    expect(covers(edges, range, 5300, 750)).toBe(true);
    expect(covers(edges, range, 5600, 750)).toBe(false);
    expect(covers(edges, range, 4700, 750)).toBe(true);
    expect(covers(edges, range, 4400, 750)).toBe(false);
  });

  test('nothing is drawn of nothing', () => {
    expect(rangeAround(new Float64Array([0]), 0, 700)).toEqual({ start: 0, end: 0 });
  });

  test('a range of rows that are no longer there covers nothing', () => {
    expect(covers(new Float64Array([0, 50]), { start: 0, end: 9 }, 0, 10)).toBe(false);
  });
});
