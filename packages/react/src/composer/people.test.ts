import { expect, test } from 'bun:test';
import { filterPeople, OFFERED } from './people.ts';

const PEOPLE = [
  { id: 'ann', name: 'Ann Lee' },
  { id: 'leo', name: 'Leonard' },
  { id: 'u-7', name: 'Zoë' },
  { id: 'wf', name: '王芳' },
  { id: 'lf', name: '李芳' },
];
const ids = (query: string, recent: string[] = []) => filterPeople(PEOPLE, query, recent).map(({ id }) => id);

test('nothing typed offers everyone, who spoke last first', () => {
  expect(ids('')).toEqual(['ann', 'leo', 'u-7', 'wf', 'lf']);
  expect(ids('', ['wf', 'leo'])).toEqual(['wf', 'leo', 'ann', 'u-7', 'lf']);
});

test('the beginning of a name comes before that of a later word, this before an id', () => {
  expect(ids('le')).toEqual(['leo', 'ann']);
  expect(ids('l')).toEqual(['leo', 'ann', 'lf']);
});

test('accents and case do not matter', () => {
  expect(ids('zoe')).toEqual(['u-7']);
  expect(ids('ZOË')).toEqual(['u-7']);
});

test('a Chinese name is found by any of its characters', () => {
  expect(ids('芳')).toEqual(['wf', 'lf']);
  expect(ids('王')).toEqual(['wf']);
});

test('a query with a space is the beginning of a name, or text that follows', () => {
  expect(ids('ann l')).toEqual(['ann']);
  expect(ids('ann is')).toEqual([]);
});

test('no more are offered than can be looked through', () => {
  const many = Array.from({ length: 50 }, (_, i) => ({ id: `p${i}`, name: `P ${i}` }));
  expect(filterPeople(many, 'p')).toHaveLength(OFFERED);
});
