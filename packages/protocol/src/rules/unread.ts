import type { History } from '../entities/conversation.ts';

/** The numbers of a conversation and of my membership that unread arithmetic needs. */
export interface UnreadMarks {
  readN: number;
  clearedN: number;
  joinedN: number;
  ownN: number;
}

/** The number after which messages are unread: the last one that I read, cleared, wrote, or joined at. */
export const unreadAfter = ({ readN, clearedN, joinedN, ownN }: UnreadMarks): number =>
  Math.max(readN, clearedN, joinedN, ownN);

/** How many messages I have not read. */
export const unreadCount = (lastN: number, self: UnreadMarks): number =>
  Math.max(0, lastN - unreadAfter(self));

/** The number after which messages are visible to me: nothing before what I cleared or, where history starts at joining, joined at. */
export function visibleAfter(history: History, self: { clearedN: number; joinedN: number }): number {
  return history === 'start' ? self.clearedN : Math.max(self.clearedN, self.joinedN);
}
