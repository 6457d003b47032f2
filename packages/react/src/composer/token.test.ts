import { expect, test } from 'bun:test';
import { completing, isDone, shortcodeAt, tokenAt } from './token.ts';

/** `|` stands for the caret. */
const at = (marked: string) => tokenAt(marked.replace('|', ''), marked.indexOf('|'));

test.each([
  ['@|', '', 0],
  ['@an|', 'an', 0],
  ['hello @an|', 'an', 6],
  ['hello @an| there', 'an', 6],
  ['(@an|', 'an', 1],
  ['line\n@an|', 'an', 5],
  ['@Ann L|', 'Ann L', 0],
  ['你好@王|', '王', 2],
  ['你好，@王|', '王', 3],
  ['你好＠王|', '王', 2],
  ['@ann @be|', 'be', 5],
])('%s is a mention', (text, query, start) => {
  expect(at(text)).toMatchObject({ kind: 'mention', query, start });
});

test.each([
  ['ann@example|'],
  ['1@2|'],
  ['@ an|'],
  ['@an\nd|'],
  ['hello|'],
  ['|@an'],
  [`@${'a'.repeat(90)}|`],
])('%s is no mention', (text) => {
  expect(at(text)?.kind).not.toBe('mention');
});

test.each([
  [':sm|', 'sm', 0],
  ['so :smi|', 'smi', 3],
  ['好:smi|', 'smi', 1],
  [':+1|', '+1', 0],
  ['@ann :smi|', 'smi', 5],
])('%s is an emoji', (text, query, start) => {
  expect(at(text)).toMatchObject({ kind: 'emoji', query, start });
});

test.each([[':s|'], ['10:30|'], ['http://ex|'], ['note:this|'], [': sm|'], ['::sm|'], ['如:好的|']])(
  '%s is no emoji',
  (text) => {
    expect(at(text)).toBeUndefined();
  },
);

test('a shortcode is found when its last sign is typed', () => {
  expect(shortcodeAt('so :smile:', 10)).toEqual({ kind: 'emoji', query: 'smile', start: 3, end: 10 });
  expect(shortcodeAt('so :smile: !', 12)).toBeUndefined();
  expect(shortcodeAt('10:30:', 6)).toBeUndefined();
  expect(shortcodeAt('a:smile:', 8)).toBeUndefined();
});

test('a token that was done with is done with as it goes on, and not once something of it is taken away', () => {
  const done = { start: 3, query: 'an' };
  expect(isDone({ start: 3, query: 'anna' }, done)).toBe(true);
  expect(isDone({ start: 3, query: 'a' }, done)).toBe(false);
  expect(isDone({ start: 9, query: 'anna' }, done)).toBe(false);
  expect(isDone(undefined, done)).toBe(false);
  expect(isDone({ start: 3, query: 'an' }, undefined)).toBe(false);
});

test('a completion takes the place of its token, with one space after it', () => {
  const completed = (text: string) => {
    const token = tokenAt(text, 6);
    return token && completing(text, token, '@Ann');
  };
  expect(completed('hi @an, how')).toEqual({ start: 3, end: 6, text: '@Ann ' });
  expect(completed('hi @an you')).toEqual({ start: 3, end: 6, text: '@Ann' });
});
