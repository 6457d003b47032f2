import type { TimelineMessage } from '@inlay-im/client';
import type { Attachment } from '@inlay-im/protocol';
import { isPicture } from '../../text/media.ts';

/** One image or video of a conversation, with the message that carries it. */
export interface Shown {
  readonly key: string;
  readonly message: TimelineMessage;
  readonly item: Attachment;
}

export const keyOf = (message: TimelineMessage, file: string): string => `${message.key} ${file}`;

const shownOf = (message: TimelineMessage): Shown[] =>
  message.body?.kind === 'media'
    ? message.body.items.filter(isPicture).map((item) => ({ key: keyOf(message, item.file), message, item }))
    : [];

/** All that can be looked at in messages that come newest first; oldest first. */
export const itemsOf = (messages: readonly TimelineMessage[]): readonly Shown[] =>
  messages.toReversed().flatMap(shownOf);

/**
 * All that can be looked at, oldest first: what the shared pages have, and the message that was opened, for as long as
 * they do not reach as far back, or where it is not sent yet.
 */
export function withOpened(
  shared: readonly TimelineMessage[],
  opened: TimelineMessage,
  complete: boolean,
): readonly Shown[] {
  const all = itemsOf(shared);
  if (opened.n === null) return [...all, ...shownOf(opened)];
  const oldest = shared.at(-1)?.n ?? Number.POSITIVE_INFINITY;
  return !complete && opened.n < oldest ? [...shownOf(opened), ...all] : all;
}

/** What is looked at once the one that was is gone: the next one, else the one before. */
export function successor(before: readonly Shown[], gone: string, now: readonly Shown[]): string | undefined {
  const there = new Set(now.map(({ key }) => key));
  const at = before.findIndex(({ key }) => key === gone);
  const after = before.slice(at + 1).find(({ key }) => there.has(key));
  const earlier = before.slice(0, Math.max(0, at)).findLast(({ key }) => there.has(key));
  return (after ?? earlier)?.key;
}
