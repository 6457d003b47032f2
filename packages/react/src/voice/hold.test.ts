import { expect, test } from 'bun:test';
import { deedOf, lifted, slideOf } from './hold.ts';

test('against the direction of writing it is taken back, in either direction of writing', () => {
  expect(deedOf(slideOf(-96, 0, false))).toBe('cancel');
  expect(deedOf(slideOf(96, 0, true))).toBe('cancel');
  expect(deedOf(slideOf(96, 0, false))).toBeUndefined();
  expect(deedOf(slideOf(-95, 0, false))).toBeUndefined();
});

test('upwards it is locked; downwards nothing happens', () => {
  expect(deedOf(slideOf(0, -64, false))).toBe('lock');
  expect(deedOf(slideOf(0, 200, false))).toBeUndefined();
});

test('askew, the longer way counts, and no further than to where it does something', () => {
  expect(slideOf(-300, -20, false)).toEqual({ along: 96, up: 0 });
  expect(slideOf(-20, -300, false)).toEqual({ along: 0, up: 64 });
});

test('a tap goes on without the finger, a press that was held is sent', () => {
  expect(lifted(0)).toBe('lock');
  expect(lifted(499)).toBe('lock');
  expect(lifted(500)).toBe('send');
});
