import type { WireEvent } from '@inlay-im/protocol';

type Named<N extends WireEvent['event']> = Extract<WireEvent, { event: N }>;

/** Durable events that carry their conversation's revision. */
export type ConversationEvent = Named<
  'message.new' | 'message.changed' | 'reaction.changed' | 'conversation.changed' | 'member.changed'
>;

/** Durable events that carry my own revision. */
export type MyEvent = Named<
  | 'me.changed'
  | 'self.changed'
  | 'conversation.joined'
  | 'conversation.left'
  | 'message.deleted'
  | 'message.played'
  | 'stickers.changed'
>;

export const conversationOf = (event: ConversationEvent): string => event.data.conversation;

export const isConversationEvent = (event: WireEvent): event is ConversationEvent => 'rev' in event.data;

export const isMyEvent = (event: WireEvent): event is MyEvent => 'userRev' in event.data;

export type { WireEvent };
