import type { History } from '../entities/conversation.ts';

/** The numbers of a conversation and of my membership that unread arithmetic needs. */
export interface UnreadMarks {
  readN: number;
  clearedN: number;
  joinedN: number;
  ownN: number;
}

/** How many messages I have not read: everything after the last one that I read, cleared, wrote, or joined at. */
export function unreadCount(lastN: number, self: UnreadMarks): number {
  return Math.max(0, lastN - Math.max(self.readN, self.clearedN, self.joinedN, self.ownN));
}

/** The number after which messages are visible to me: nothing before what I cleared or, where history starts at joining, joined at. */
export function visibleAfter(history: History, self: { clearedN: number; joinedN: number }): number {
  return history === 'start' ? self.clearedN : Math.max(self.clearedN, self.joinedN);
}
