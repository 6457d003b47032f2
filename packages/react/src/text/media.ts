import type { Attachment, MediaBody } from '@inlay-im/protocol';
import type { Translate } from '../i18n/index.ts';
import { durationText } from './duration.ts';

export const isPicture = ({ kind }: Pick<Attachment, 'kind'>): boolean =>
  kind === 'image' || kind === 'video';

/** What one file is, in words: `Photo`, `Voice message 0:42`, its name. */
export function itemLabel(t: Translate, { kind, animated, duration: length, name }: Attachment): string {
  if (kind === 'image') return animated ? t('media.gif') : t('media.photo');
  if (kind === 'video') return t('media.video');
  if (kind === 'file') return name;
  return length === null ? t('media.voiceOnly') : t('media.voice', { time: durationText(length) });
}

/** What a message carries, in words: `3 photos`. */
export function mediaLabel(t: Translate, { items }: MediaBody): string {
  const count = items.length;
  const [first] = items;
  if (count === 1 && first !== undefined) return itemLabel(t, first);
  if (items.every(({ kind }) => kind === 'image')) return t('media.photos', { count });
  if (items.every(({ kind }) => kind === 'video')) return t('media.videos', { count });
  return items.every(isPicture) ? t('media.album', { count }) : t('media.files', { count });
}

/** What a person wrote to all that a message carries; what is written to one of several stands with that one. */
export const writtenTo = ({ items, text }: MediaBody): string =>
  text ?? (items.length === 1 ? items[0]?.caption : null) ?? '';

/** What a person wrote, be it to one of several. */
export const mediaWords = ({ items, text }: MediaBody): string =>
  [text, ...items.map(({ caption }) => caption)].filter((one) => one !== null).join('\n');

const SIGNS = { image: 'photo', video: 'video', voice: 'mic', file: 'file' } as const;

/** The kind of what stands for all that a message carries. */
export const leading = ({ items }: MediaBody): Attachment['kind'] =>
  (items.find(isPicture) ?? items[0])?.kind ?? 'file';

/** The icon that stands for what a message carries. */
export const signOf = (body: MediaBody): string => SIGNS[leading(body)];

/** A message in one line: what is written to it, else what it carries. */
export const mediaLine = (t: Translate, body: MediaBody): string =>
  mediaWords(body).replaceAll('\n', ' ') || mediaLabel(t, body);

/**
 * How a bubble is drawn around it: `framed` by its pictures, and `alone` where nothing follows what it carries, which
 * then has the time on it.
 */
export function lookOf(body: MediaBody): string {
  const framed = body.items.some(isPicture);
  const alone = writtenTo(body) === '' && (!framed || body.items.every(isPicture));
  return ` media${framed ? ' framed' : ''}${alone ? ' alone' : ''}`;
}
