import { expect, test } from 'bun:test';
import { en } from './en.ts';
import { localeFor, translator } from './index.ts';
import type { Entry } from './locale.ts';
import { zhCN } from './zh-CN.ts';

const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string).sort();
const texts = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));

test('both catalogues have the same keys in the same order', () => {
  expect(Object.keys(zhCN)).toEqual(Object.keys(en));
});

test.each(Object.keys(en) as (keyof typeof en)[])('%s takes the same values in both', (key) => {
  const wanted = names(texts(en[key]).at(-1) as string);
  for (const text of [...texts(en[key]), ...texts(zhCN[key])]) {
    expect(text.trim()).not.toBe('');
    // A form for exactly one may leave the count unsaid.
    const may = text === texts(en[key]).at(-1) || text === texts(zhCN[key]).at(-1) ? [] : ['count'];
    expect([...names(text), ...may.filter((name) => !names(text).includes(name))].sort()).toEqual(wanted);
  }
});

test.each([
  ['en', en],
  ['zh-CN', zhCN],
] as const)('%s has each plural form that its language needs, and no other', (locale, catalogue) => {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  for (const entry of Object.values(catalogue) as Entry[]) {
    if (typeof entry === 'object') expect(Object.keys(entry).sort()).toEqual([...forms].sort());
  }
});

test('a text is filled in, with the plural that its count asks for', () => {
  const t = translator('en');
  expect(t('list.unread', { count: 1 })).toBe('1 unread message');
  expect(t('list.unread', { count: 1200 })).toBe('1,200 unread messages');
  expect(translator('zh-CN', zhCN)('typing.one', { first: '王芳' })).toBe('王芳正在输入…');
  expect(t('typing.one', { first: '{second} $&' })).toBe('{second} $& is typing…');
});

test('the first language that there is a catalogue for is taken', () => {
  expect(localeFor(['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN');
  expect(localeFor(['de', 'en-GB'])).toBe('en');
  expect(localeFor([])).toBe('en');
});
