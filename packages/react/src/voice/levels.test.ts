import { expect, test } from 'bun:test';
import { Waveform } from '@inlay-im/protocol';
import { levelOf, STEP, waveformOf, withLevel } from './levels.ts';

const bytes = (waveform: string) => [...atob(waveform)].map((one) => one.charCodeAt(0));

test('silence is 0, all that there can be is 255, and speech lies between', () => {
  expect(levelOf(new Float32Array(64))).toBe(0);
  expect(levelOf(new Float32Array(64).fill(-1))).toBe(255);
  const speech = levelOf(new Float32Array(64).fill(0.1));
  expect(speech).toBeGreaterThan(100);
  expect(speech).toBeLessThan(200);
  expect(levelOf(new Float32Array(0))).toBe(0);
});

test('a level for each step, also for those in which the page slept', () => {
  const one = withLevel([], 7, STEP);
  expect(one).toEqual([7]);
  expect(withLevel(one, 9, 5 * STEP)).toEqual([7, 9, 9, 9, 9]);
  // A timer that comes early adds its own.
  expect(withLevel(one, 9, STEP)).toEqual([7, 9]);
});

test('a short recording has a bar for each level, a long one as many as a message may have', () => {
  expect(bytes(waveformOf([1, 200, 3]))).toEqual([1, 200, 3]);
  const long = waveformOf(Array.from({ length: 7200 }, (_, i) => (i === 3600 ? 255 : 10)));
  expect(Waveform.safeParse(long).success).toBe(true);
  expect(bytes(long)).toHaveLength(100);
  expect(bytes(long)[50]).toBe(255);
  expect(bytes(long).filter((level) => level === 10)).toHaveLength(99);
  expect(waveformOf([])).toBe('');
});
