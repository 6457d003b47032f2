import { expect, test } from 'bun:test';
import { endingOf, isSmallText, nameParts, sortOf } from './file-look.ts';

const family = '👩‍👩‍👧‍👦';

test.each([
  ['report.pdf', ['report.pdf', '']],
  ['Quarterly report of the second half.pdf', ['Quarterly report of the secon', 'd half.pdf']],
  ['二零二六年下半年季度报告最终版本修订稿.pdf', ['二零二六年下半年季度报告最', '终版本修订稿.pdf']],
  [family.repeat(20), [family.repeat(10), family.repeat(10)]],
])('%s is cut before its end', (name, parts) => {
  expect([...nameParts(name)]).toEqual(parts);
});

test('the sort is told by the end of the name, and what is not known is no sort of its own', () => {
  expect(sortOf('Budget.XLSX')).toBe('table');
  expect(sortOf('backup.tar.gz')).toBe('archive');
  expect(sortOf('Makefile')).toBe('other');
  expect(endingOf('.gitignore')).toBe('');
  expect(endingOf('a.b c')).toBe('');
});

test('only small texts are shown in place', () => {
  const type = 'application/octet-stream';
  expect(isSmallText({ name: 'notes.md', type, size: 900 })).toBe(true);
  expect(isSmallText({ name: 'notes', type: 'text/plain', size: 900 })).toBe(true);
  expect(isSmallText({ name: 'notes.md', type, size: 9_000_000 })).toBe(false);
  expect(isSmallText({ name: 'notes.pdf', type, size: 900 })).toBe(false);
});
