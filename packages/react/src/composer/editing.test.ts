import { expect, test } from 'bun:test';
import type { Attachment, MediaBody } from '@inlay-im/protocol';
import { hasText, mayBeEmpty, rewritten, writtenIn } from './editing.ts';

const item = (
  file: string,
  caption: string | null = null,
  kind: Attachment['kind'] = 'image',
): Attachment => ({
  file,
  kind,
  name: file,
  type: 'image/png',
  size: 1,
  width: 1,
  height: 1,
  duration: null,
  thumbhash: null,
  waveform: null,
  animated: false,
  poster: null,
  caption,
});
const media = (items: Attachment[], text: string | null = null): MediaBody => ({
  kind: 'media',
  items,
  text,
});

test('text and what is written to files can be changed, what is spoken cannot', () => {
  expect(hasText({ kind: 'text', text: 'a' })).toBe(true);
  expect(hasText(media([item('a')]))).toBe(true);
  expect(hasText(media([item('a', null, 'voice')]))).toBe(false);
  expect(hasText(null)).toBe(false);
});

test('a message of files has other words, and keeps its files and their captions', () => {
  const album = media([item('a', 'roof'), item('b')], 'Done');
  expect(writtenIn(album)).toBe('Done');
  expect(rewritten(album, 'All done')).toEqual({
    kind: 'media',
    items: [
      { file: 'a', caption: 'roof' },
      { file: 'b', caption: null },
    ],
    text: 'All done',
  });
  expect(rewritten(album, ' ')).toMatchObject({ text: null });
  expect(mayBeEmpty(album)).toBe(true);
});

test('the caption of a single file is its text', () => {
  const single = media([item('a', 'roof')]);
  expect(writtenIn(single)).toBe('roof');
  expect(rewritten(single, 'the roof')).toEqual({
    kind: 'media',
    items: [{ file: 'a', caption: null }],
    text: 'the roof',
  });
});

test('a text is a text, and not without one', () => {
  expect(rewritten({ kind: 'text', text: 'a' }, 'b')).toBe('b');
  expect(mayBeEmpty({ kind: 'text', text: 'a' })).toBe(false);
});
