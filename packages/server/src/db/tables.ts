import type { Body, FileKind, Priority, Reaction, Role } from '@inlay-im/protocol';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { AppsTables } from '../slices/apps/tables.ts';
import type { AuthTables } from '../slices/auth/tables.ts';
import type { EmojiTables } from '../slices/emoji/tables.ts';
import type { FilesTables } from '../slices/files/tables.ts';
import type { StickersTables } from '../slices/stickers/tables.ts';

/** Read as parsed JSON, written as text that is cast where the query says so. */
type Json<T> = JSONColumnType<T & object, string, string>;
/** bigint: a decimal string in the program, which never calculates with it. */
type Pk = Generated<string>;
/** xid8, written by its default and by pg_current_xact_id() only. */
type Xid = ColumnType<string, never, never>;

export interface UsersTable {
  app: number;
  id: string;
  kind: 'host' | 'own' | 'guest';
  name: string | null;
  avatar: string | null;
  custom: Json<Record<string, unknown>> | null;
  presence_visibility: Generated<'everyone' | 'contacts' | 'nobody'>;
  last_seen_at: Date | null;
  created_at: Date;
  rev: Generated<number>;
}

export interface ConversationsTable {
  pk: Pk;
  app: number;
  id: string;
  kind: 'direct' | 'group' | 'channel';
  title: string | null;
  avatar: string | null;
  custom: Json<Record<string, unknown>> | null;
  history: Generated<'joined' | 'start'>;
  posting: Generated<'everyone' | 'admins'>;
  person_a: string | null;
  person_b: string | null;
  member_count: Generated<number>;
  created_at: Date;
  last_n: Generated<number>;
  rev: Generated<number>;
  active_at: Date;
  xid: Xid;
  read_n: Generated<number>;
  read_by: string | null;
  read_n2: Generated<number>;
  delivered_n: Generated<number>;
  delivered_by: string | null;
  delivered_n2: Generated<number>;
}

export interface MembersTable {
  conversation: string;
  user_id: string;
  app: number;
  role: Role;
  joined_n: number;
  joined_at: Date;
  left_at: Date | null;
  read_n: Generated<number>;
  delivered_n: Generated<number>;
  cleared_n: Generated<number>;
  own_n: Generated<number>;
  hidden_n: number | null;
  marked_unread: Generated<boolean>;
  muted_until: Date | null;
  pinned_at: Date | null;
  archived: Generated<boolean>;
  draft: string | null;
  nickname: string | null;
  rev: number;
  user_rev: Generated<number>;
  xid: Xid;
}

export interface MessagesTable {
  conversation: string;
  n: number;
  rev: number;
  changed: Generated<boolean>;
  id: string;
  sender: string | null;
  at: Date;
  body: Json<Body> | null;
  fingerprint: string | null;
  reply_to: number | null;
  mentions: string[] | null;
  priority: Generated<Priority>;
  silent: Generated<boolean>;
  edited_at: Date | null;
  recalled_at: Date | null;
  recalled_by: string | null;
  reactions: Json<Reaction[]> | null;
}

export interface MessageEditsTable {
  conversation: string;
  n: number;
  at: Date;
  rev: number;
  body: Json<Body>;
}

export interface MessageDeletionsTable {
  app: number;
  user_id: string;
  conversation: string;
  n: number;
  xid: Xid;
}

export interface MessageFilesTable {
  conversation: string;
  n: number;
  i: number;
  app: number;
  file: string;
  kind: FileKind | 'poster' | 'sticker';
}

export interface MessagePlaysTable {
  app: number;
  user_id: string;
  conversation: string;
  n: number;
  xid: Xid;
}

export interface ReactionsTable {
  conversation: string;
  n: number;
  user_id: string;
  emoji: string;
  at: Date;
}

/** Every table by name. Only a slice's own queries write its tables. */
export interface Tables extends AppsTables, AuthTables, EmojiTables, FilesTables, StickersTables {
  users: UsersTable;
  conversations: ConversationsTable;
  members: MembersTable;
  messages: MessagesTable;
  message_edits: MessageEditsTable;
  message_deletions: MessageDeletionsTable;
  message_files: MessageFilesTable;
  message_plays: MessagePlaysTable;
  reactions: ReactionsTable;
}
