import { expect, test } from 'bun:test';
import { meant, mentionsIn, mentionsKept } from './mentions.ts';

const PEOPLE = new Map([
  ['a', 'Ann'],
  ['b', 'Anna'],
  ['c', 'Ann Lee'],
  ['w', '王芳'],
]);

test.each<[string, string[]]>([
  ['@Ann hello', ['a']],
  ['@Anna hello', ['b']],
  ['@Ann Lee hello', ['c']],
  ['@Ann and @Anna', ['a', 'b']],
  ['@王芳你好', ['w']],
  ['你好@王芳', ['w']],
  ['@Ann你好', ['a']],
  ['@Annabel', []],
  ['Ann', []],
  ['@Ann, @Ann', ['a']],
])('%s', (text, users) => {
  expect(mentionsIn(text, PEOPLE)).toEqual(users);
});

test('two people of one name are both meant where both were chosen', () => {
  expect(
    mentionsIn(
      '@Li',
      new Map([
        ['x', 'Li'],
        ['y', 'Li'],
      ]),
    ),
  ).toEqual(['x', 'y']);
});

test('an edit takes away whom it no longer names, and keeps whom the text never named', () => {
  const before = { text: '@Ann and @Olda', mentions: ['a', 'z'] };
  expect(mentionsKept(before, 'hello @Anna', new Map([...PEOPLE, ['z', 'Zelda']]))).toEqual(['z', 'b']);
  expect(mentionsKept(before, '@Ann and @Olda', PEOPLE)).toEqual(['z', 'a']);
});

test('members are meant by their names, but not beside someone of that name who was chosen', () => {
  const members = [
    ['x', 'Li'],
    ['y', 'Li'],
    ['a', 'Ann'],
  ] as const;
  expect(mentionsIn('@Li and @Ann', meant(new Map([['y', 'Li']]), members))).toEqual(['y', 'a']);
  expect(mentionsIn('@Li', meant(new Map(), members))).toEqual(['x', 'y']);
});
