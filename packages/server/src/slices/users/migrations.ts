import type { Migration } from '../../db/migrations.ts';

export const usersMigrations: Migration[] = [
  {
    version: 2,
    name: 'users',
    sql: `
      create table users (
        app integer not null references apps (pk) on delete cascade,
        id text not null collate "C",
        kind text not null check (kind in ('host', 'own', 'guest')),
        name text,
        avatar text,
        custom json,
        presence_visibility text not null default 'everyone'
          check (presence_visibility in ('everyone', 'contacts', 'nobody')),
        last_seen_at timestamptz,
        created_at timestamptz not null,
        -- Counts the changes that only this person's devices are told.
        rev integer not null default 0,
        primary key (app, id)
      ) with (fillfactor = 80);
    `,
  },
];
