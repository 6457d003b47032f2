import type { Migration } from '../../db/migrations.ts';

export const authMigrations: Migration[] = [
  {
    version: 5,
    name: 'accounts and devices',
    sql: `
      -- How someone proves to be a user: a password under a user name, or a code to a phone or an e-mail address.
      create table credentials (
        app integer not null,
        kind text not null check (kind in ('username', 'phone', 'email')),
        -- Lower case, or E.164.
        identifier text not null collate "C",
        user_id text not null collate "C",
        -- argon2id in PHC form; only user names have one.
        password text,
        created_at timestamptz not null,
        primary key (app, kind, identifier),
        foreign key (app, user_id) references users (app, id) on delete cascade
      );
      create index credentials_of_user on credentials (app, user_id);

      create table devices (
        id uuid primary key,
        app integer not null,
        user_id text not null collate "C",
        name text not null,
        -- SHA-256 of the refresh token that works now, and of the one before it.
        refresh_hash bytea not null,
        previous_hash bytea,
        rotated_at timestamptz not null,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        expires_at timestamptz not null,
        foreign key (app, user_id) references users (app, id) on delete cascade
      ) with (fillfactor = 80);
      create index devices_of_user on devices (app, user_id);

      -- One-time codes under way. The code itself is derived from the id and a secret, and stored nowhere.
      create table codes (
        id text primary key,
        app integer not null references apps (pk) on delete cascade,
        channel text not null check (channel in ('phone', 'email')),
        address text not null collate "C",
        locale text not null,
        tries integer not null default 0,
        used boolean not null default false,
        created_at timestamptz not null,
        expires_at timestamptz not null
      );
      create index codes_of_address on codes (app, channel, address, created_at);

      -- Wrong passwords of late, under the name that was tried, whether or not there is such an account.
      create table password_failures (
        app integer not null references apps (pk) on delete cascade,
        identifier text not null collate "C",
        failures integer not null,
        since timestamptz not null,
        primary key (app, identifier)
      );
    `,
  },
];
