import type { ConversationHandle, ConversationList, ConversationView, Unread } from '@inlay-im/client';
import { directPeople } from '@inlay-im/protocol/rules';
import { useMemo } from 'react';
import { useInlay } from '../context.ts';
import { nameOf, useMyId, useUser } from './people.ts';
import { useStore } from './store.ts';

/** My conversations in their order, the archived ones, and what is unread. */
export const useConversations = (): ConversationList => useStore(useInlay().client.conversations);

/** What is unread in total. Renders again only when a total changes. */
export function useUnread(): Unread {
  const { conversations } = useInlay().client;
  const store = useMemo(() => {
    let held: Unread = { messages: 0, conversations: 0, mutedMessages: 0 };
    const get = () => {
      const { unread } = conversations.get();
      const keys = Object.keys(unread) as (keyof Unread)[];
      if (keys.some((key) => unread[key] !== held[key])) held = unread;
      return held;
    };
    return { get, subscribe: conversations.subscribe };
  }, [conversations]);
  return useStore(store);
}

/** The other person of a direct conversation, which need not exist yet; undefined for other kinds. */
export function peerOf(id: string, me: string): string | undefined {
  const people = directPeople(id);
  return people === undefined ? undefined : people[0] === me ? people[1] : people[0];
}

/** A conversation: its handle, to act on it, and what is known of it; `info` is undefined until it is known. */
export function useConversation(id: string): {
  readonly handle: ConversationHandle;
  readonly info: ConversationView | undefined;
} {
  const { client } = useInlay();
  const handle = client.conversation(id);
  return { handle, info: useStore(handle.info) };
}

/** What a conversation is called: its title, or who the other one is. */
export function useTitle(id: string, info: ConversationView | undefined): string {
  const { t } = useInlay();
  const me = useMyId();
  const peer = info?.peer?.id ?? peerOf(id, me);
  const user = useUser(info?.peer ? undefined : peer);
  if (peer === me) return t('info.self');
  if (peer !== undefined) return nameOf(info?.peer ?? user, peer);
  if (info === undefined) return id;
  return info.title ?? t(info.kind === 'channel' ? 'info.channel' : 'info.group');
}

/** Who types in a conversation, without me, in the order in which they began. */
export const useTyping = (id: string): readonly string[] =>
  useStore(useInlay().client.conversation(id).typing);
