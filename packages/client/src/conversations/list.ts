import type { Conversation, Self } from '@inlay-im/protocol';
import { unreadAfter, unreadCount } from '@inlay-im/protocol/rules';

/** A conversation as it is shown: what I changed is in it before the node has confirmed it. */
export interface ConversationView extends Conversation {
  /** Messages that I have not read. */
  readonly unread: number;
  /** The first message that mentions me and that I have not read. */
  readonly mentionN: number | null;
}

/** Totals of what is not read. Muted and archived conversations count apart. */
export interface Unread {
  readonly messages: number;
  readonly conversations: number;
  readonly mutedMessages: number;
}

/** Pinned ones first (latest pin first), then by last activity, newest first; the archived ones apart. */
export interface ConversationList {
  readonly items: readonly ConversationView[];
  readonly archived: readonly ConversationView[];
  readonly unread: Unread;
}

/** Out of the list until a message comes that has a higher number than the last one when it was hidden. */
const isHidden = (c: Conversation): boolean =>
  c.self !== null && c.self.hiddenN !== null && c.lastN <= c.self.hiddenN;

const isMuted = (self: Self, now: number): boolean => self.mutedUntil !== null && self.mutedUntil > now;

export function viewOf(data: Conversation): ConversationView {
  const { self, lastN } = data;
  const mentions = self === null ? [] : data.mentions.filter((n) => n > unreadAfter(self));
  return {
    ...data,
    mentions,
    unread: self === null ? 0 : unreadCount(lastN, self),
    mentionN: mentions[0] ?? null,
  };
}

function byPlace(a: Conversation, b: Conversation): number {
  const pins = (b.self?.pinnedAt ?? 0) - (a.self?.pinnedAt ?? 0);
  return pins || b.activeAt - a.activeAt || (a.id < b.id ? -1 : 1);
}

/** A flag set by hand counts as a conversation, not as messages. */
function count(views: readonly ConversationView[], now: number): Unread {
  const total = { messages: 0, conversations: 0, mutedMessages: 0 };
  for (const { self, unread } of views) {
    if (self === null || (unread === 0 && !self.markedUnread)) continue;
    if (self.archived || isMuted(self, now)) total.mutedMessages += unread;
    else {
      total.messages += unread;
      total.conversations += 1;
    }
  }
  return total;
}

/** The list out of all that I am in. `now` in milliseconds decides which ones are still muted. */
export function listOf(views: Iterable<ConversationView>, now: number): ConversationList {
  const mine = [...views].filter((view) => view.self !== null);
  const shown = mine.filter((view) => !isHidden(view)).sort(byPlace);
  return {
    items: shown.filter((view) => view.self?.archived === false),
    archived: shown.filter((view) => view.self?.archived === true),
    unread: count(mine, now),
  };
}
