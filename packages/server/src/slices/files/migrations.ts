import type { Migration } from '../../db/migrations.ts';

export const filesMigrations: Migration[] = [
  {
    version: 8,
    name: 'files',
    sql: `
      -- The bytes of an app's files, once each. Their name in the store follows from app and hash.
      create table blobs (
        app integer not null references apps (pk) on delete cascade,
        -- SHA-256 in hex.
        hash text not null collate "C",
        size bigint not null,
        created_at timestamptz not null,
        -- With its size, so that what an app has is counted from the index alone.
        primary key (app, hash) include (size)
      );

      create table files (
        app integer not null references apps (pk) on delete cascade,
        id uuid not null,
        owner text not null collate "C",
        state text not null default 'uploading' check (state in ('uploading', 'ready', 'rejected')),
        kind text not null check (kind in ('image', 'video', 'voice', 'file')),
        name text not null,
        -- As declared while it is uploaded, then as it is.
        size bigint not null,
        type text,
        blob text collate "C",
        original boolean not null default false,
        width integer,
        height integer,
        duration integer,
        thumbhash text,
        waveform text,
        animated boolean not null default false,
        poster uuid,
        -- What the store needs to go on with an upload in parts.
        upload text,
        created_at timestamptz not null,
        primary key (app, id),
        foreign key (app, owner) references users (app, id) on delete cascade,
        foreign key (app, blob) references blobs (app, hash)
      );
      create index files_of_owner on files (app, owner) include (size, state);
      create index files_by_blob on files (app, blob) where blob is not null;
      create index files_by_poster on files (app, poster) where poster is not null;
      create index files_by_age on files (created_at);

      -- Smaller steps of an image, made after it was sent.
      create table file_steps (
        app integer not null,
        -- Of the image.
        blob text not null collate "C",
        width integer not null,
        hash text not null collate "C",
        primary key (app, blob, width),
        foreign key (app, blob) references blobs (app, hash) on delete cascade,
        foreign key (app, hash) references blobs (app, hash)
      );
      create index file_steps_by_hash on file_steps (app, hash);
    `,
  },
  {
    version: 9,
    name: 'avatars',
    sql: `
      -- Whose picture an uploaded file is: asked for each file that may be swept, and each picture that is shown.
      create index users_by_avatar on users (avatar, app) where avatar like '/avatars/%';
      create index conversations_by_avatar on conversations (avatar, app) where avatar like '/avatars/%';
    `,
  },
];
