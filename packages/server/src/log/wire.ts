import type {
  Body,
  Conversation,
  ConversationInfo,
  Member,
  Message,
  Reaction,
  Self,
  User,
} from '@inlay-im/protocol';
import type { Selectable } from 'kysely';
import type { ConversationsTable, MembersTable, MessagesTable, UsersTable } from '../db/tables.ts';

/** Rows as the database gives them, and what they look like on the wire. */
export type ConversationRow = Selectable<ConversationsTable>;
export type MemberRow = Selectable<MembersTable>;
export type MessageRow = Omit<
  Selectable<MessagesTable>,
  'body' | 'reactions' | 'conversation' | 'fingerprint' | 'changed'
> & {
  body: Body | null;
  reactions: Reaction[] | null;
};
export type UserRow = Pick<Selectable<UsersTable>, 'id' | 'kind' | 'name' | 'avatar' | 'custom'>;

/** A row that came as JSON has its times as ISO 8601 strings. */
const time = (at: Date | string): number => (typeof at === 'string' ? Date.parse(at) : at.getTime());
const timeOrNull = (at: Date | string | null): number | null => (at === null ? null : time(at));

export const toMessage = (conversation: string, m: MessageRow): Message => ({
  conversation,
  n: m.n,
  id: m.id,
  rev: m.rev,
  sender: m.sender,
  at: time(m.at),
  body: m.body,
  replyTo: m.reply_to,
  mentions: m.mentions ?? [],
  priority: m.priority,
  silent: m.silent,
  editedAt: timeOrNull(m.edited_at),
  recalledAt: timeOrNull(m.recalled_at),
  recalledBy: m.recalled_by,
  reactions: m.reactions ?? [],
});

export const toUser = (u: UserRow): User => ({
  id: u.id,
  kind: u.kind,
  name: u.name,
  avatar: u.avatar,
  custom: (u.custom as User['custom']) ?? null,
});

export const toSelf = (m: MemberRow): Self => ({
  role: m.role,
  joinedN: m.joined_n,
  readN: m.read_n,
  deliveredN: m.delivered_n,
  clearedN: m.cleared_n,
  ownN: m.own_n,
  markedUnread: m.marked_unread,
  mutedUntil: timeOrNull(m.muted_until),
  pinnedAt: timeOrNull(m.pinned_at),
  archived: m.archived,
  hiddenN: m.hidden_n,
  draft: m.draft,
  nickname: m.nickname,
  rev: m.user_rev,
});

export const toMember = (m: MemberRow): Member => ({
  user: m.user_id,
  role: m.role,
  nickname: m.nickname,
  joinedAt: time(m.joined_at),
  rev: m.rev,
  left: m.left_at !== null,
});

export const toInfo = (c: ConversationRow): ConversationInfo => ({
  id: c.id,
  kind: c.kind,
  title: c.title,
  avatar: c.avatar,
  custom: (c.custom as ConversationInfo['custom']) ?? null,
  history: c.history,
  posting: c.posting,
  memberCount: c.member_count,
  createdAt: time(c.created_at),
});

/** The highest marks of all members but `me`. */
function othersMarks(c: ConversationRow, me: string): Conversation['others'] {
  return {
    readN: c.read_by === me ? c.read_n2 : c.read_n,
    deliveredN: c.delivered_by === me ? c.delivered_n2 : c.delivered_n,
  };
}

export interface ConversationParts {
  row: ConversationRow;
  self: MemberRow | null;
  peer: UserRow | null;
  preview: MessageRow | null;
  mentions: number[];
}

/** A conversation as `me` sees it. */
export function toConversation(
  me: string,
  { row, self, peer, preview, mentions }: ConversationParts,
): Conversation {
  return {
    ...toInfo(row),
    rev: row.rev,
    lastN: row.last_n,
    activeAt: time(row.active_at),
    others: othersMarks(row, me),
    peer: peer === null ? null : toUser(peer),
    self: self === null ? null : toSelf(self),
    preview: preview === null ? null : toMessage(row.id, preview),
    mentions,
  };
}
