import type { Client, ConversationView } from '@inlay-im/client';
import type { Message } from '@inlay-im/protocol';

/** A message of someone else that came while the page was open. */
export interface Incoming {
  readonly conversation: ConversationView;
  readonly message: Message;
}

/** What was known of the conversations: the number of the last message of each. */
export type Known = ReadonlyMap<string, number>;

export const knownOf = (all: readonly ConversationView[]): Known =>
  new Map(all.map(({ id, lastN }) => [id, lastN]));

/**
 * The messages that came since `known`, one for each conversation: its newest. What the server says, what is mine and
 * what was taken back is none of them. A conversation that was not known counts from `since`, in milliseconds, so that
 * joining one does not ring for its past.
 */
export function incomingOf(
  all: readonly ConversationView[],
  known: Known,
  { me, since }: { me: string; since: number },
): Incoming[] {
  return all.flatMap((conversation) => {
    const { id, lastN, preview: message } = conversation;
    const before = known.get(id);
    if (message === null || message.n !== lastN || message.sender === me) return [];
    if (message.body === null || message.body.kind === 'system') return [];
    const fresh = before === undefined ? message.at >= since : lastN > before;
    return fresh ? [{ conversation, message }] : [];
  });
}

/** Messages that never call for attention: low ones, silent ones, and those of conversations that were put away. */
export function isQuiet({ conversation, message }: Incoming, me: string, now: number): boolean {
  const { self } = conversation;
  if (message.silent || message.priority === 'low' || self === null || self.archived) return true;
  const muted = self.mutedUntil !== null && self.mutedUntil > now;
  return muted && !message.mentions.includes(me);
}

/**
 * Calls `heard` for each message of someone else that comes from now on and calls for attention. What came before this
 * device was first in step with the node is past. Returns what stops it.
 */
export function watchIncoming(client: Client, heard: (incoming: Incoming) => void): () => void {
  let known: Known | undefined;
  const since = Date.now();
  const look = () => {
    const { items, archived } = client.conversations.get();
    const all = [...items, ...archived];
    const me = client.me.get()?.id;
    if (me === undefined) known = undefined;
    else if (known !== undefined) {
      const came = incomingOf(all, known, { me, since });
      known = new Map([...known, ...knownOf(all)]);
      for (const one of came) if (!isQuiet(one, me, Date.now())) heard(one);
    } else if (client.connection.get().state === 'online') known = knownOf(all);
  };
  look();
  const stops = [client.conversations, client.connection, client.me].map((store) => store.subscribe(look));
  return () => {
    for (const stop of stops) stop();
  };
}
