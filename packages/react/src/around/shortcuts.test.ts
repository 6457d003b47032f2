import { expect, test } from 'bun:test';
import { type Action, actionOf, neighbour, type Place, type Pressed } from './shortcuts.tsx';

const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
const on =
  (mac: boolean) =>
  (pressed: Partial<Pressed> & { key: string }, place: Place = 'page') =>
    actionOf({ ...NONE, ...pressed }, place, mac);
const pc = on(false);
const mac = on(true);

test.each<[string, Action | undefined, Action | undefined]>([
  ['k', 'switcher', undefined],
  ['/', 'help', undefined],
  ['b', undefined, undefined],
])('Ctrl with %s on a PC, and Cmd on a Mac', (key, wanted, crossed) => {
  expect(pc({ key, ctrlKey: true }, 'field')).toBe(wanted);
  expect(mac({ key, metaKey: true }, 'field')).toBe(wanted);
  expect(pc({ key, metaKey: true })).toBe(crossed);
  expect(mac({ key, ctrlKey: true })).toBe(crossed);
  expect(pc({ key })).toBeUndefined();
});

test('Ctrl with a slash is found on layouts that have it above a digit', () => {
  expect(pc({ key: '/', ctrlKey: true, shiftKey: true })).toBe('help');
});

test('Alt with an arrow goes from conversation to conversation, but not through a text on a Mac', () => {
  expect(pc({ key: 'ArrowUp', altKey: true }, 'field')).toBe('previous');
  expect(pc({ key: 'ArrowDown', altKey: true })).toBe('next');
  expect(mac({ key: 'ArrowDown', altKey: true }, 'emptyField')).toBe('next');
  expect(mac({ key: 'ArrowDown', altKey: true }, 'field')).toBeUndefined();
  expect(pc({ key: 'ArrowDown', altKey: true, ctrlKey: true })).toBeUndefined();
});

test('Escape closes, but not while something is written', () => {
  expect(pc({ key: 'Escape' })).toBe('close');
  expect(pc({ key: 'Escape' }, 'emptyField')).toBe('close');
  expect(pc({ key: 'Escape' }, 'field')).toBeUndefined();
  expect(pc({ key: 'Escape', shiftKey: true })).toBeUndefined();
});

test('the neighbours of a conversation, and the ends of the list where none is open', () => {
  const ids = ['a', 'b', 'c'];
  expect(neighbour(ids, 'b', 1)).toBe('c');
  expect(neighbour(ids, 'b', -1)).toBe('a');
  expect(neighbour(ids, 'c', 1)).toBeUndefined();
  expect(neighbour(ids, 'a', -1)).toBeUndefined();
  expect(neighbour(ids, undefined, 1)).toBe('a');
  expect(neighbour(ids, 'hidden', -1)).toBe('c');
  expect(neighbour([], undefined, 1)).toBeUndefined();
});
