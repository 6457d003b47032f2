import { describe, expect, test } from 'bun:test';
import { GAP, gifMoved, gifRows } from './rows.ts';

const of = (...ratios: number[]) => ratios.map((ratio) => ({ width: ratio * 100, height: 100 }));
const WIDTH = 360;

describe('rows', () => {
  test('fill the width, in order, none higher than is best', () => {
    const rows = gifRows(of(1, 1.5, 1, 2, 1, 0.7, 1.2, 1.6, 1), WIDTH);
    expect(rows.map(({ from }) => from)).toEqual([0, 3, 5, 8]);
    for (const { ratios, height } of rows.slice(0, -1)) {
      const all = ratios.reduce((sum, ratio) => sum + ratio * height, 0) + GAP * (ratios.length - 1);
      expect(all).toBeCloseTo(WIDTH);
      expect(height).toBeLessThanOrEqual(120);
    }
  });

  test('stay as they are when more come, but for the last', () => {
    const few = of(1, 1.5, 1, 2, 1);
    const [before, after] = [gifRows(few, WIDTH), gifRows([...few, ...of(1, 1, 1)], WIDTH)];
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  });

  test('that are not full are not stretched, and extreme pictures are cut', () => {
    expect(gifRows(of(1), WIDTH)).toEqual([{ from: 0, ratios: [1], height: 120 }]);
    expect(gifRows(of(0.1, 9), WIDTH)[0]?.ratios).toEqual([0.6, 2.4]);
    expect(gifRows([], WIDTH)).toEqual([]);
  });
});

describe('keys', () => {
  // Two rows of three, and one picture below them.
  const rows = gifRows(of(1, 1, 1, 1, 1, 1, 1), WIDTH);
  const go = (from: number, key: string, rtl = false) => gifMoved(rows, from, { key, rtl });

  test('lead along a row and on into the next, as one reads', () => {
    expect([go(0, 'ArrowRight'), go(2, 'ArrowRight'), go(3, 'ArrowLeft')]).toEqual([1, 3, 2]);
    expect([go(0, 'ArrowLeft', true), go(1, 'ArrowRight', true)]).toEqual([1, 0]);
    expect([go(0, 'ArrowLeft'), go(6, 'ArrowRight')]).toEqual([undefined, undefined]);
  });

  test('lead to what is above and below', () => {
    expect([go(1, 'ArrowDown'), go(4, 'ArrowUp'), go(5, 'ArrowDown'), go(6, 'ArrowUp')]).toEqual([
      4, 1, 6, 3,
    ]);
    expect([go(1, 'ArrowUp'), go(6, 'ArrowDown')]).toEqual([undefined, undefined]);
    expect([go(4, 'Home'), go(2, 'End'), go(2, 'Enter')]).toEqual([0, 6, undefined]);
  });
});
