import { beforeAll, describe, expect, test } from 'bun:test';
import { linksNow, loadLinks } from './links.ts';
import { emojisAlone, segmentsOf } from './segments.ts';

beforeAll(loadLinks);

const segments = (text: string, names?: Map<string, string>) =>
  segmentsOf(text, { links: linksNow(), ...(names && { names }) });
const kinds = (text: string, names?: Map<string, string>) =>
  segments(text, names).map((one) => `${one.kind}:${one.text}`);

describe('links', () => {
  test.each([
    ['see https://example.com/a?b=1.', ['text:see ', 'link:https://example.com/a?b=1', 'text:.']],
    ['www.example.com works', ['link:www.example.com', 'text: works']],
    ['(https://example.com/a_(b))', ['text:(', 'link:https://example.com/a_(b)', 'text:)']],
    ['write to ann@example.com', ['text:write to ', 'link:ann@example.com']],
    ['请看https://example.com/路径。', ['text:请看', 'link:https://example.com/路径', 'text:。']],
    ['1.2.3 and file.txt', ['text:1.2.3 and file.txt']],
  ])('%s', (text, wanted) => {
    expect(kinds(text)).toEqual(wanted);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.com', 'vbscript:x'])(
    '%s leads nowhere',
    (text) => {
      expect(segments(text).filter((one) => one.kind === 'link' && !/^https?:/.test(one.href))).toEqual([]);
    },
  );

  test('an address without a scheme leads to one with', () => {
    expect(segments('www.example.com')).toEqual([
      { kind: 'link', text: 'www.example.com', href: 'http://www.example.com' },
    ]);
  });
});

describe('mentions', () => {
  const names = new Map([
    ['ann', 'Ann'],
    ['anna', 'Ann Lee'],
    ['wang', '王芳'],
  ]);
  test('only people who are mentioned are marked, the longer name first', () => {
    expect(kinds('@Ann Lee and @Ann, not @Bob', names)).toEqual([
      'mention:@Ann Lee',
      'text: and ',
      'mention:@Ann',
      'text:, not @Bob',
    ]);
  });

  test('names without spaces around them, and links beside them', () => {
    expect(kinds('问@王芳吧 https://example.com', names)).toEqual([
      'text:问',
      'mention:@王芳',
      'text:吧 ',
      'link:https://example.com',
    ]);
  });
});

test.each([
  ['👍', 1],
  ['👍🏽 ❤️', 2],
  ['👨‍👩‍👧‍👦', 1],
  ['🇩🇪', 1],
  ['👍 ok', 0],
  ['12', 0],
  ['', 0],
  ['😀😀😀😀😀😀😀', 0],
])('emojis alone in %j: %d', (text, count) => {
  expect(emojisAlone(text)).toBe(count);
});
