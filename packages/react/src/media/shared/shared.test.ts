import { expect, test } from 'bun:test';
import type { TimelineMessage } from '@inlay-im/client';
import { linksNow, loadLinks } from '../../text/links.ts';
import { linksOf } from './links.ts';
import { byMonth } from './months.ts';

const written = (key: string, text: string) =>
  ({ key, body: { kind: 'text', text } }) as unknown as TimelineMessage;

test('links to pages, each once in a message, with where they lead', async () => {
  await loadLinks();
  const messages = [
    written('b', 'https://www.example.com/a and again https://www.example.com/a, or http://x.example:8080'),
    written('a', 'mail ann@example.com'),
  ];
  const links = linksOf(messages, linksNow());
  expect(links.map(({ href, host, message }) => [href, host, message.key])).toEqual([
    ['https://www.example.com/a', 'example.com', 'b'],
    ['http://x.example:8080', 'x.example:8080', 'b'],
  ]);
});

test('what was sent in one month stands together, in the order it has', () => {
  const times = [new Date(2026, 10, 30), new Date(2026, 10, 1), new Date(2026, 9, 31), new Date(2025, 10, 1)];
  const months = byMonth(times, (time) => time.getTime());
  expect(months.map(({ items }) => items.length)).toEqual([2, 1, 1]);
  expect(months.map(({ at }) => new Date(at).getMonth())).toEqual([10, 9, 10]);
});
