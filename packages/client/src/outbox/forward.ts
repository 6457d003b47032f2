import type { Message } from '@inlay-im/protocol';
import type { Draft } from './mailer.ts';

/** The same as a new message; files go by their ids, so that no bytes are copied. Undefined where nothing is to be said. */
function draftOf(body: Message['body']): Draft | undefined {
  if (body === null || body.kind === 'system') return undefined;
  if (body.kind === 'sticker') {
    const { kind, pack, sticker } = body;
    return { body: { kind, pack, sticker }, shown: body };
  }
  if (body.kind !== 'media') return { body };
  const items = body.items.map(({ file, caption }) => ({ file, caption }));
  return { body: { kind: 'media', items, text: body.text }, shown: body };
}

/** What is sent to forward these: in the order of the conversation, without what was not sent, recalled or is the server's. */
export const forwarded = (messages: readonly { n: number | null; body: Message['body'] }[]): Draft[] =>
  messages
    .filter(({ n }) => n !== null)
    .toSorted((a, b) => (a.n ?? 0) - (b.n ?? 0))
    .flatMap(({ body }) => draftOf(body) ?? []);
