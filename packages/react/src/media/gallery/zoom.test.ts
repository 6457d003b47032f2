import { describe, expect, test } from 'bun:test';
import { bounded, fitted, swiped, toggled, WHOLE, zoomed } from './zoom.ts';

const area = { width: 1000, height: 600 };

test('a picture is as large as it fits', () => {
  expect(fitted({ width: 4000, height: 3000 }, area)).toEqual({ width: 800, height: 600 });
  expect(fitted({ width: 100, height: 10 }, area)).toEqual({ width: 1000, height: 100 });
});

describe('zooming', () => {
  test('keeps the point where it is', () => {
    const at = { x: 200, y: -100 };
    const once = zoomed(WHOLE, 2, at);
    expect(once).toEqual({ scale: 2, x: -200, y: 100 });
    // What lay under the point, in the picture's own pixels, still does.
    expect((at.x - once.x) / once.scale).toBe(at.x);
    const twice = zoomed(once, 1.5, at);
    expect((at.x - twice.x) / twice.scale).toBe(at.x);
    expect((at.y - twice.y) / twice.scale).toBe(at.y);
  });
  test('ends at the whole, which stands in the middle, and at eight times', () => {
    expect(zoomed({ scale: 2, x: 50, y: 50 }, 0.1)).toEqual(WHOLE);
    expect(zoomed(WHOLE, 100).scale).toBe(8);
  });
  test('a double press goes near, and back', () => {
    const near = toggled(WHOLE, { x: 10, y: 0 });
    expect(near.scale).toBe(2.5);
    expect(toggled(near, { x: 0, y: 0 })).toEqual(WHOLE);
  });
});

test('a picture is not moved beyond its edges', () => {
  const picture = { width: 800, height: 600 };
  expect(bounded({ scale: 2, x: 5000, y: -5000 }, picture, area)).toEqual({ scale: 2, x: 300, y: -300 });
  expect(bounded({ scale: 1.1, x: 40, y: 10 }, picture, area)).toEqual({ scale: 1.1, x: 0, y: 10 });
});

describe('a swipe', () => {
  const slow = { x: 0, y: 0 };
  test.each([
    ['far to the left', { x: -300, y: 20 }, slow, 'left'],
    ['far to the right', { x: 300, y: 20 }, slow, 'right'],
    ['short and fast', { x: -60, y: 5 }, { x: -0.8, y: 0 }, 'left'],
    ['short and slow', { x: -60, y: 5 }, slow, undefined],
    ['down', { x: 10, y: 200 }, slow, 'away'],
    ['up, fast', { x: 10, y: -80 }, { x: 0, y: -1 }, 'away'],
    ['a little down', { x: 10, y: 50 }, slow, undefined],
  ] as const)('%s', (_, by, speed, meant) => {
    expect(swiped(by, speed, area)).toBe(meant);
  });
});
