import { expect, test } from 'bun:test';
import { barsOf, outlineOf, sought } from './wave.ts';

const wave = (...levels: number[]): string => btoa(String.fromCharCode(...levels));

test('bars are as many as are asked for, and the loudest is as high as can be', () => {
  expect(barsOf(wave(0, 50, 100, 25), 4)).toEqual([0.12, 0.5, 1, 0.25]);
  expect(barsOf(wave(10, 100, 30, 20), 2)).toEqual([1, 0.3]);
  expect(barsOf(wave(100, 50), 4)).toEqual([1, 1, 0.5, 0.5]);
});

test('what has no waveform is a line of low bars, silence too', () => {
  expect(barsOf(null, 3)).toEqual([0.12, 0.12, 0.12]);
  expect(barsOf(wave(0, 0), 2)).toEqual([0.12, 0.12]);
});

test('the outline stands around the middle', () => {
  expect(outlineOf([1, 0.5], 22)).toBe('M1 1.0V21.0M4 6.0V16.0');
});

test('keys seek within what there is', () => {
  expect(sought('ArrowRight', 500, 4000)).toBe(1500);
  expect(sought('ArrowLeft', 500, 4000)).toBe(0);
  expect(sought('PageUp', 0, 4000)).toBe(4000);
  expect(sought('Home', 3000, 4000)).toBe(0);
  expect(sought('End', 0, 4000)).toBe(4000);
  expect(sought('a', 0, 4000)).toBeUndefined();
});
