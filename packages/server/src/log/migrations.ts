import type { Migration } from '../db/migrations.ts';

/**
 * The tables of the log. `xid` is the transaction that last touched a row: with pg_snapshot_xmin it makes a cursor
 * that misses nothing although transactions commit out of order. No column that a send changes stands in an index, so
 * that PostgreSQL can update the row in place (heap-only tuples).
 */
export const logMigrations: Migration[] = [
  {
    version: 3,
    name: 'conversations and members',
    sql: `
      create table conversations (
        pk bigint generated always as identity primary key,
        app integer not null references apps (pk) on delete cascade,
        id text not null collate "C",
        kind text not null check (kind in ('direct', 'group', 'channel')),
        title text,
        avatar text,
        custom json,
        history text not null default 'joined' check (history in ('joined', 'start')),
        posting text not null default 'everyone' check (posting in ('everyone', 'admins')),
        -- The two people of a direct conversation, in the order of its id.
        person_a text collate "C",
        person_b text collate "C",
        member_count integer not null default 0,
        created_at timestamptz not null,
        last_n integer not null default 0,
        rev integer not null default 0,
        active_at timestamptz not null,
        xid xid8 not null default pg_current_xact_id(),
        -- The two members with the highest marks: the highest of all but me is the first, or the second if I am it.
        read_n integer not null default 0,
        read_by text collate "C",
        read_n2 integer not null default 0,
        delivered_n integer not null default 0,
        delivered_by text collate "C",
        delivered_n2 integer not null default 0,
        unique (app, id)
      ) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

      create table members (
        conversation bigint not null references conversations (pk) on delete cascade,
        user_id text not null collate "C",
        app integer not null,
        role text not null check (role in ('owner', 'admin', 'member')),
        joined_n integer not null,
        joined_at timestamptz not null,
        left_at timestamptz,
        read_n integer not null default 0,
        delivered_n integer not null default 0,
        cleared_n integer not null default 0,
        own_n integer not null default 0,
        hidden_n integer,
        marked_unread boolean not null default false,
        muted_until timestamptz,
        pinned_at timestamptz,
        archived boolean not null default false,
        draft text,
        nickname text,
        -- The conversation's revision at which what all members see of this row last changed.
        rev integer not null,
        -- The person's own revision at which their side of the conversation last changed.
        user_rev integer not null default 0,
        xid xid8 not null default pg_current_xact_id(),
        primary key (conversation, user_id),
        foreign key (app, user_id) references users (app, id) on delete cascade
      ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
      create index members_of_user on members (app, user_id, conversation) where left_at is null;
      create index members_who_left on members (app, user_id) where left_at is not null;
      create index members_changed on members (conversation, rev);
    `,
  },
  {
    version: 4,
    name: 'messages',
    sql: `
      -- Without foreign keys: a send checks its conversation and its sender's membership in the same statement.
      create table messages (
        conversation bigint not null,
        n integer not null,
        rev integer not null,
        -- Whether it changed after it was sent; what did not is found by n.
        changed boolean not null default false,
        id uuid not null,
        sender text collate "C",
        at timestamptz not null,
        body json,
        -- Of what was sent first, to tell a retry from another message with the same id. Gone once recalled.
        fingerprint bigint,
        reply_to integer,
        mentions text[],
        priority text not null default 'normal' check (priority in ('high', 'normal', 'low')),
        silent boolean not null default false,
        edited_at timestamptz,
        recalled_at timestamptz,
        recalled_by text,
        reactions json,
        primary key (conversation, n)
      ) with (autovacuum_vacuum_insert_scale_factor = 0.2);
      create unique index messages_by_id on messages (conversation, id);
      create index messages_changed on messages (conversation, rev) where changed;

      create table message_edits (
        conversation bigint not null,
        n integer not null,
        at timestamptz not null,
        rev integer not null,
        body json not null,
        primary key (conversation, n, rev)
      );

      create table message_deletions (
        app integer not null,
        user_id text not null collate "C",
        conversation bigint not null,
        n integer not null,
        xid xid8 not null default pg_current_xact_id(),
        primary key (app, user_id, conversation, n)
      );

      create table reactions (
        conversation bigint not null,
        n integer not null,
        user_id text not null collate "C",
        emoji text not null collate "C",
        at timestamptz not null,
        primary key (conversation, n, user_id, emoji)
      );
    `,
  },
  {
    version: 6,
    name: 'mentions',
    sql: `
      -- Messages without mentions, which most are, cost it nothing.
      create index messages_with_mentions on messages (conversation, n) where mentions is not null;
    `,
  },
  {
    version: 7,
    name: 'attachments and plays',
    sql: `
      -- One row for each file of a message, the stills of videos among them: who may see a file follows from it.
      create table message_files (
        conversation bigint not null,
        n integer not null,
        i smallint not null,
        app integer not null,
        file uuid not null,
        kind text not null check (kind in ('image', 'video', 'voice', 'file', 'poster')),
        primary key (conversation, n, i)
      );
      create index message_files_by_file on message_files (app, file);
      create index message_files_by_kind on message_files (conversation, kind, n);
      create index messages_with_links on messages (conversation, n) where body ->> 'text' ~ 'https?://';

      create table message_plays (
        app integer not null,
        user_id text not null collate "C",
        conversation bigint not null,
        n integer not null,
        xid xid8 not null default pg_current_xact_id(),
        primary key (app, user_id, conversation, n)
      );
      -- For a sync: a play is written once, so keeping its transaction in an index costs little.
      create index message_plays_since on message_plays (app, user_id, xid);
    `,
  },
  {
    version: 13,
    name: 'files by conversation',
    sql: `
      -- An address is of one conversation, and a sticker may be carried by very many.
      drop index message_files_by_file;
      create index message_files_by_file on message_files (app, file, conversation, n);
      -- Anyone may read a channel.
      create index conversations_for_anyone on conversations (app, pk) where kind = 'channel';
    `,
  },
];
