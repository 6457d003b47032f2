import type { MediaBody, Message } from '@inlay-im/protocol';
import type { Translate } from '../i18n/index.ts';
import { leading, mediaLine, mediaWords } from './media.ts';

/** What a person wrote; '' for what the server said and for what was taken back. */
export function textOf({ body }: Pick<Message, 'body'>): string {
  if (body?.kind === 'text') return body.text;
  if (body?.kind === 'media') return mediaWords(body);
  if (body?.kind === 'sticker') return body.emoji;
  return body?.kind === 'custom' ? body.fallback : '';
}

const EMOJIS = { image: '📷', video: '🎬', voice: '🎤', file: '📎' } as const;

/** What a message carries in one line where there are no icons, as in a notification. */
export const mediaNotice = (t: Translate, body: MediaBody): string =>
  `${EMOJIS[leading(body)]} ${mediaLine(t, body)}`;
