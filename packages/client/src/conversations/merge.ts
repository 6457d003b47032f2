import type { Conversation, Message, Receipt, Self } from '@inlay-im/protocol';
import { LIMITS, unreadAfter } from '@inlay-im/protocol/rules';
import type { ConversationEvent } from '../events.ts';

type Marks = Conversation['others'];

/** [L6] Both marks only grow. Gives `a` itself where `b` adds nothing. */
export function mergeMarks<M extends Marks>(a: M, b: Marks): M {
  if (b.readN <= a.readN && b.deliveredN <= a.deliveredN) return a;
  return { ...a, readN: Math.max(a.readN, b.readN), deliveredN: Math.max(a.deliveredN, b.deliveredN) };
}

/**
 * My side of a conversation out of two reports of it: settings and `joinedN` of the newer revision, [L6] marks by
 * maximum whatever the revisions say.
 */
export function mergeSelf(a: Self, b: Self): Self {
  const newer = b.rev > a.rev ? b : a;
  const merged = {
    ...newer,
    readN: Math.max(a.readN, b.readN),
    deliveredN: Math.max(a.deliveredN, b.deliveredN),
    clearedN: Math.max(a.clearedN, b.clearedN),
    ownN: Math.max(a.ownN, b.ownN),
  };
  const keys = Object.keys(merged) as (keyof Self)[];
  return keys.every((key) => merged[key] === a[key]) ? a : merged;
}

/** A whole report of a conversation beside what is known: an older one adds marks only. */
export function mergeSnapshot(known: Conversation | undefined, seen: Conversation): Conversation {
  if (known === undefined) return seen;
  const newer = seen.rev >= known.rev ? seen : known;
  const self = known.self !== null && seen.self !== null ? mergeSelf(known.self, seen.self) : newer.self;
  return { ...newer, self, others: mergeMarks(known.others, seen.others) };
}

/** A receipt of mine raises my own marks, anyone else's raises those of the others. */
export function applyReceipt(data: Conversation, receipt: Receipt, me: string): Conversation {
  if (receipt.user !== me) {
    const others = mergeMarks(data.others, receipt);
    return others === data.others ? data : { ...data, others };
  }
  if (data.self === null) return data;
  const marks = mergeMarks(data.self, receipt);
  return marks === data.self ? data : { ...data, self: marks };
}

/** My own message raises the number of the last one that I sent, from which unread arithmetic starts. */
function withOwn(data: Conversation, message: Message, me: string): Conversation['self'] {
  if (data.self === null || message.sender !== me || message.n <= data.self.ownN) return data.self;
  return { ...data.self, ownN: message.n };
}

/** The unread mentions of me once this message is as it is now. */
function withMention(data: Conversation, { n, mentions }: Message, me: string): number[] {
  const others = data.mentions.filter((other) => other !== n);
  const unread = data.self !== null && n > unreadAfter(data.self);
  if (!unread || !mentions.includes(me))
    return others.length === data.mentions.length ? data.mentions : others;
  return [...others, n].sort((a, b) => a - b).slice(-LIMITS.unreadMentions);
}

function memberChange(
  data: Conversation,
  event: ConversationEvent & { event: 'member.changed' },
  me: string,
) {
  const mine = event.data.members?.find((member) => member.user === me && !member.left);
  const self = mine && data.self ? { ...data.self, role: mine.role, nickname: mine.nickname } : data.self;
  return { ...data, memberCount: event.data.memberCount, self };
}

function change(data: Conversation, event: ConversationEvent, me: string): Conversation {
  switch (event.event) {
    case 'message.new': {
      const { message } = event.data;
      return {
        ...data,
        lastN: message.n,
        activeAt: message.at,
        preview: message,
        self: withOwn(data, message, me),
        mentions: withMention(data, message, me),
      };
    }
    case 'message.changed': {
      const { message } = event.data;
      const preview = data.preview?.n === message.n ? message : data.preview;
      return { ...data, preview, mentions: withMention(data, message, me) };
    }
    case 'reaction.changed': {
      const { n, rev, reactions } = event.data;
      return data.preview?.n === n ? { ...data, preview: { ...data.preview, rev, reactions } } : data;
    }
    case 'conversation.changed':
      return { ...data, ...event.data.info };
    case 'member.changed':
      return memberChange(data, event, me);
  }
}

/** The conversation after an event that is known to follow its revision. */
export const applyToData = (data: Conversation, event: ConversationEvent, me: string): Conversation => ({
  ...change(data, event, me),
  rev: event.data.rev,
});
