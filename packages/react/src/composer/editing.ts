import type { SendableBody, TimelineMessage } from '@inlay-im/client';
import { writtenTo } from '../text/media.ts';

type Body = TimelineMessage['body'];

/** Whether there is text in it that can be changed: what is spoken has none. */
export const hasText = (body: Body): boolean =>
  body?.kind === 'text' || (body?.kind === 'media' && body.items.every(({ kind }) => kind !== 'voice'));

/** What is written in a message. */
export function writtenIn(body: Body | undefined): string {
  if (body?.kind === 'media') return writtenTo(body);
  return body?.kind === 'text' ? body.text : '';
}

/** Whether a message may be left without a text: one of files says something without. */
export const mayBeEmpty = (body: Body | undefined): boolean => body?.kind === 'media';

/** The message with another text. Files stay; what was written to a single one becomes the message's text. */
export function rewritten(body: Body | undefined, text: string): string | SendableBody {
  if (body?.kind !== 'media') return text;
  const single = body.items.length === 1 && body.text === null;
  const items = body.items.map(({ file, caption }) => ({ file, caption: single ? null : caption }));
  return { kind: 'media', items, text: text.trim() === '' ? null : text };
}
