import { describe, expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol/rules';
import { albumLayout, type Box, LARGEST, type Sides, sharpest, singleBox } from './boxes.ts';

const of = (width: number, height: number): Sides => ({ width, height });
const [wide, square, tall] = [of(1600, 900), of(800, 800), of(900, 1600)];

describe('one picture', () => {
  test.each([
    ['large and wide', of(4000, 3000), { width: LARGEST, height: 300 }],
    ['large and tall', of(3000, 4000), { width: 300, height: LARGEST }],
    ['small, as it is', of(200, 150), { width: 200, height: 150 }],
    ['tiny, in a box that can be pressed', of(16, 16), { width: 120, height: 120 }],
    ['a strip, cut', of(6000, 100), { width: LARGEST, height: 133 }],
    ['not measured', { width: null, height: null }, { width: LARGEST, height: 300 }],
  ])('%s', (_, sides, box) => {
    expect(singleBox(sides)).toEqual(box);
  });
});

const overlap = (a: Box, b: Box): boolean =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1e-6 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1e-6;

describe('an album', () => {
  const counts = Array.from({ length: LIMITS.albumItems - 1 }, (_, i) => i + 2);
  const shapes = [wide, square, tall, of(6000, 100), of(10, 3000), { width: null, height: null }];

  test.each(counts)('of %i fills its place without gaps, and each can be seen', (count) => {
    for (let shift = 0; shift < shapes.length; shift++) {
      const sides = Array.from({ length: count }, (_, i) => shapes[(i * 5 + shift) % shapes.length] as Sides);
      const { boxes, height } = albumLayout(sides);
      expect(boxes.length).toBe(count);
      const area = boxes.reduce((all, box) => all + box.width * box.height, 0);
      expect(area).toBeCloseTo(height, 6);
      for (const [i, box] of boxes.entries()) {
        expect(boxes.some((other, k) => k > i && overlap(box, other))).toBe(false);
        expect(Math.min(box.width, box.height) * LARGEST).toBeGreaterThanOrEqual(44);
        expect(box.x + box.width).toBeLessThanOrEqual(1 + 1e-9);
        expect(box.y + box.height).toBeLessThanOrEqual(height + 1e-9);
      }
    }
  });

  test('of two wide ones has one over the other, of others one beside the other', () => {
    expect(albumLayout([wide, wide]).boxes.map(({ x }) => x)).toEqual([0, 0]);
    expect(albumLayout([tall, square]).boxes.map(({ y }) => y)).toEqual([0, 0]);
  });

  test('of three begins with the large one: above where it is wide, else beside', () => {
    expect(albumLayout([wide, square, square]).boxes[0]).toMatchObject({ x: 0, y: 0, width: 1 });
    const [first, second, third] = albumLayout([tall, square, square]).boxes;
    expect(first?.width).toBeGreaterThan(0.45);
    expect(second?.x).toBe(third?.x as number);
  });

  test('of many is no taller than a screen', () => {
    const { height } = albumLayout(Array.from({ length: LIMITS.albumItems }, () => square));
    expect(height).toBeLessThan(3);
  });
});

test('the step is the narrowest that is sharp enough, and nothing for more than all of them', () => {
  const steps = [320, 640, 1280].map((width) => ({ width }));
  expect(sharpest(steps, 300)?.width).toBe(320);
  expect(sharpest(steps, 350)?.width).toBe(320);
  expect(sharpest(steps, 400)?.width).toBe(640);
  expect(sharpest(steps, 2000)).toBeUndefined();
});
