import type { ConversationView, TimelineMessage } from '@inlay-im/client';
import { unreadCount } from '@inlay-im/protocol/rules';
import { dayOf } from '../text/format.ts';

/** Messages of one person further apart than this begin a new group, in milliseconds. */
const GROUP = 5 * 60_000;

const isSystem = (message: TimelineMessage): boolean => message.body?.kind === 'system';

/** Whether a message belongs to the group that the one before it is in: same person, same day, soon after. */
export const follows = (message: TimelineMessage, before: TimelineMessage | undefined): boolean =>
  before !== undefined &&
  !isSystem(message) &&
  !isSystem(before) &&
  message.sender === before.sender &&
  message.at - before.at < GROUP &&
  dayOf(message.at) === dayOf(before.at);

/** How one row stands to the one before it. */
export interface Standing {
  readonly first: boolean;
  /** Midnight of the day that begins here; undefined where none does. */
  readonly day: number | undefined;
  /** Whether the divider of what is new stands above it. */
  readonly unread: boolean;
}

/** What a message is compared with: the one before it, and where what is new begins. */
export interface Neighbours {
  readonly before: TimelineMessage | undefined;
  /** Whether there is one before it that is not loaded, so that it is not known what begins here. */
  readonly more?: boolean;
  /** The number of the first message that is new; 0: none is. */
  readonly firstUnread: number;
}

/** Of what is not known nothing is said: whatever stood above the first row would go again with the next page. */
export function standingOf(
  message: TimelineMessage,
  { before, more = false, firstUnread }: Neighbours,
): Standing {
  if (before === undefined && more) {
    const unread = firstUnread > 0 && message.n === firstUnread;
    return { first: unread, day: undefined, unread };
  }
  const day = dayOf(message.at);
  const fresh = (one: TimelineMessage | undefined) => one?.n != null && one.n >= firstUnread;
  const unread = firstUnread > 0 && fresh(message) && !fresh(before);
  return {
    first: unread || !follows(message, before),
    day: before === undefined || dayOf(before.at) !== day ? day : undefined,
    unread,
  };
}

/** The number of the first message that I have not read; 0 where I have read all. */
export function firstUnreadOf({ self, lastN }: ConversationView): number {
  const count = self === null ? 0 : unreadCount(lastN, self);
  return count === 0 ? 0 : lastN - count + 1;
}
