import type { Migration } from '../../db/migrations.ts';

export const appsMigrations: Migration[] = [
  {
    version: 1,
    name: 'apps',
    sql: `
      create table apps (
        pk integer generated always as identity primary key,
        -- The public name of the app, as clients give it.
        id text not null unique,
        name text not null,
        -- Signs the host app's HS256 tokens.
        secret text not null,
        settings json not null default '{}',
        created_at timestamptz not null
      );

      -- Public keys of the host app for EdDSA and RS256 tokens, by key id.
      create table app_public_keys (
        app integer not null references apps (pk) on delete cascade,
        kid text not null,
        alg text not null check (alg in ('EdDSA', 'RS256')),
        pem text not null,
        created_at timestamptz not null,
        primary key (app, kid)
      );

      -- Keys of the host app's backend. The key itself is shown once and never stored.
      create table api_keys (
        id text primary key,
        app integer not null references apps (pk) on delete cascade,
        hash bytea not null,
        name text not null,
        scopes text[] not null,
        created_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz
      );

      -- One row: what belongs to the database as a whole.
      create table node_state (
        one boolean primary key default true check (one),
        epoch uuid not null,
        system_id text,
        timeline integer,
        -- Signs access tokens.
        token_secret text not null
      );
    `,
  },
  {
    version: 12,
    name: 'app avatars',
    sql: `
      alter table apps add column avatar text;
      -- For each file that may be swept, and each picture that is shown.
      create index apps_by_avatar on apps (avatar, pk) where avatar like '/avatars/%';
    `,
  },
];
