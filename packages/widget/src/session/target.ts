import type { Client } from '@inlay-im/client';
import type { Target } from '../config.ts';

export const hasTarget = ({ to, conversation }: Target): boolean =>
  to !== undefined || conversation !== undefined;

/** The id of the conversation that is meant; undefined where none is, or while it is not known who I am. */
export function conversationOf(client: Client, { to, conversation }: Target): string | undefined {
  if (to === undefined) return conversation;
  return client.me.get() === undefined ? undefined : client.direct(to).id;
}

/** Calls back with what is unread of one conversation, or of all, now and whenever it changes. Returns what stops it. */
export function followUnread(client: Client, target: Target, tell: (count: number) => void): () => void {
  let told = -1;
  const look = () => {
    const { unread, items, archived } = client.conversations.get();
    const id = conversationOf(client, target);
    const one = [...items, ...archived].find((view) => view.id === id);
    const count = hasTarget(target) ? (one?.unread ?? 0) : unread.messages;
    if (count === told) return;
    told = count;
    tell(count);
  };
  const stops = [client.me.subscribe(look), client.conversations.subscribe(look)];
  look();
  return () => {
    for (const stop of stops) stop();
  };
}
