import type { Message } from '@inlay-im/protocol';
import { InlayError } from '@inlay-im/protocol/rules';
import type { Change } from '../storage/storage.ts';
import { shownMedia, withPosters } from '../uploads/file.ts';
import type { Ack, OutboxEntry } from './outbox.ts';

/** What the node gets of an entry. */
export function inputOf(entry: OutboxEntry) {
  const { id, conversation, body, replyTo, mentions, priority, silent } = entry;
  return { id, conversation, body, replyTo, mentions, priority, silent };
}

/** Whether the message is known before the node tells it: a body may name files by their ids alone. */
export const isKnown = ({ body, shown }: OutboxEntry): boolean =>
  shown !== undefined || body.kind === 'text' || body.kind === 'custom';

function shownOf({ body, shown }: OutboxEntry): NonNullable<Message['body']> {
  // A sticker goes with how it looks, see `send`.
  return shown ?? (body.kind === 'media' ? shownMedia(body) : (body as NonNullable<Message['body']>));
}

/** The message of an entry as it looks before the node has it. */
export const waitingMessage = (entry: OutboxEntry, sender: string): Omit<Message, 'n' | 'rev'> => ({
  ...inputOf(entry),
  body: shownOf(entry),
  sender,
  at: entry.at,
  editedAt: null,
  recalledAt: null,
  recalledBy: null,
  reactions: [],
});

/** The message that the node now has, as everyone else sees it. */
export const messageOf = (entry: OutboxEntry, ack: Ack, sender: string): Message => ({
  ...waitingMessage(entry, sender),
  ...ack,
});

/** The ids under which an entry's bytes are kept. */
export const bytesOf = ({ files = [] }: OutboxEntry): string[] => withPosters(files).map(({ file }) => file);

/** A message with those of its files alone that it has no more. */
export const leftOut = (before: OutboxEntry | undefined, entry: OutboxEntry) => ({
  ...entry,
  files: (before?.files ?? []).filter(({ file }) => !entry.files?.some((one) => one.file === file)),
});

/** Takes an entry and its bytes out of storage. */
export const removalOf = (entry: OutboxEntry): Change[] => [
  { remove: 'outbox', key: entry.id },
  ...bytesOf(entry).map((key) => ({ remove: 'blobs' as const, key })),
];

/** Whether the node refused a message for files that it had whole before: they may have been swept since. */
export const missesFiles = ({ whole, again }: OutboxEntry, error: unknown): boolean =>
  whole === true && !again && error instanceof InlayError && !!error.field?.startsWith('body.items');
