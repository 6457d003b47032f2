import { describe, expect, test } from 'bun:test';
import { closest, dragged, wholeOf, zoomed, zoomOf } from './crop.ts';

const wide = { width: 1600, height: 800 };

test('it begins with the largest square of the middle', () => {
  expect(wholeOf(wide)).toEqual({ x: 400, y: 0, side: 800 });
  expect(wholeOf({ width: 300, height: 900 })).toEqual({ x: 0, y: 300, side: 300 });
});

test('one comes as close as there are pixels to see, and not without end', () => {
  expect([closest(wide), closest({ width: 128, height: 400 }), closest({ width: 20, height: 20 })]).toEqual([
    8, 2, 1,
  ]);
});

describe('dragging', () => {
  test('takes the image along, so that the square goes the other way', () => {
    expect(dragged(wide, wholeOf(wide), { x: 0.25, y: 0 })).toEqual({ x: 200, y: 0, side: 800 });
  });

  test('stops at the edges', () => {
    expect(dragged(wide, wholeOf(wide), { x: 5, y: 5 })).toEqual({ x: 0, y: 0, side: 800 });
    expect(dragged(wide, wholeOf(wide), { x: -5, y: -5 })).toEqual({ x: 800, y: 0, side: 800 });
  });
});

describe('zooming', () => {
  test('keeps what is in the middle, or under the pointer', () => {
    expect(zoomed(wide, wholeOf(wide), 2)).toEqual({ x: 600, y: 200, side: 400 });
    expect(zoomed(wide, wholeOf(wide), 2, { x: 0, y: 1 })).toEqual({ x: 400, y: 400, side: 400 });
  });

  test('goes neither beyond the image nor closer than there are pixels', () => {
    const close = zoomed(wide, wholeOf(wide), 100);
    expect(zoomOf(wide, close)).toBe(8);
    const corner = dragged(wide, close, { x: 100, y: 100 });
    expect(zoomed(wide, corner, 0.1)).toEqual({ x: 0, y: 0, side: 800 });
  });
});
