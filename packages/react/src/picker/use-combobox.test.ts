import { expect, test } from 'bun:test';
import { stepped } from './use-combobox.ts';

test('arrows go round, from the field too; Page keys stop at the ends; other keys are the field’s own', () => {
  expect([stepped(-1, 3, 'ArrowDown'), stepped(2, 3, 'ArrowDown')]).toEqual([0, 0]);
  expect([stepped(-1, 3, 'ArrowUp'), stepped(0, 3, 'ArrowUp'), stepped(2, 3, 'ArrowUp')]).toEqual([2, 2, 1]);
  expect([stepped(1, 30, 'PageDown'), stepped(25, 30, 'PageDown'), stepped(5, 30, 'PageUp')]).toEqual([
    11, 29, 0,
  ]);
  expect([stepped(1, 3, 'Home'), stepped(1, 3, 'a'), stepped(-1, 0, 'ArrowDown')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
