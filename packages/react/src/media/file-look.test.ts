import { expect, test } from 'bun:test';
import { endingOf, isSmallText, shortName, sortOf } from './file-look.ts';

test.each([
  ['report.pdf', 28, 'report.pdf'],
  ['Quarterly report of the second half of 2026 final.pdf', 28, 'Quarterly report…final.pdf'],
  ['二零二六年下半年季度报告最终版本修订稿.pdf', 28, '二零二六年下半年…修订稿.pdf'],
  ['👩‍👩‍👧‍👦'.repeat(20), 28, `${'👩‍👩‍👧‍👦'.repeat(8)}…${'👩‍👩‍👧‍👦'.repeat(5)}`],
])('%s within %i letters is %s', (name, width, shown) => {
  expect(shortName(name, width)).toBe(shown);
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
