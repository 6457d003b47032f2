import { expect, test } from 'bun:test';
import { enterSends, isComposing } from './keys.ts';

const NONE = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test.each([
  ['Enter', {}, [true, false, false]],
  ['Shift+Enter', { shiftKey: true }, [false, false, false]],
  ['Alt+Enter', { altKey: true }, [false, false, false]],
  ['Ctrl+Enter', { ctrlKey: true }, [true, true, true]],
  ['Cmd+Enter', { metaKey: true }, [true, true, true]],
] as const)('%s', (_name, keys, [plain, off, touch]) => {
  const pressed = { ...NONE, ...keys };
  expect(enterSends(pressed, { enterSends: true, coarse: false })).toBe(plain);
  expect(enterSends(pressed, { enterSends: false, coarse: false })).toBe(off);
  expect(enterSends(pressed, { enterSends: true, coarse: true })).toBe(touch);
});

test('a key of an input method is known by its flag or by its code', () => {
  expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false);
});
