import type { Client, TimelineMessage } from '@inlay-im/client';

/** One voice message. */
export interface Track {
  readonly conversation: string;
  readonly n: number;
  readonly file: string;
  /** Someone else's that I have not played. */
  readonly fresh: boolean;
}

/** The voice message that a row is; undefined for all others. */
export function trackOf(message: TimelineMessage, me: string): Track | undefined {
  const { body, n, conversation, sender, played } = message;
  const item = body?.kind === 'media' ? body.items.find(({ kind }) => kind === 'voice') : undefined;
  if (item === undefined || n === null) return undefined;
  return { conversation, n, file: item.file, fresh: sender !== me && !played };
}

/** The voice message that follows one, of those that are loaded. */
export function following(
  messages: readonly TimelineMessage[],
  after: number,
  me: string,
): Track | undefined {
  return messages
    .flatMap((message) => trackOf(message, me) ?? [])
    .filter(({ n }) => n > after)
    .sort((a, b) => a.n - b.n)[0];
}

/** The voice message that follows one in its conversation. */
export function nextVoice(client: Client, { conversation, n }: Track): Track | undefined {
  const handle = client.conversation(conversation);
  const shared = handle.shared('voice').get().items;
  return following([...handle.timeline.messages(), ...shared], n, client.me.get()?.id ?? '');
}
