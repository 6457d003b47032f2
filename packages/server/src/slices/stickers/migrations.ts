import type { Migration } from '../../db/migrations.ts';

export const stickersMigrations: Migration[] = [
  {
    version: 11,
    name: 'stickers',
    sql: `
      create table sticker_packs (
        app integer not null references apps (pk) on delete cascade,
        id text not null collate "C",
        title text not null,
        created_at timestamptz not null,
        primary key (app, id)
      );
      create table stickers (
        app integer not null,
        pack text not null collate "C",
        id text not null collate "C",
        i smallint not null,
        file uuid not null,
        emoji text not null,
        primary key (app, pack, id),
        foreign key (app, pack) references sticker_packs (app, id) on delete cascade,
        foreign key (app, file) references files (app, id) on delete cascade
      );
      -- For each file that may be swept, and each image that is shown.
      create index stickers_by_file on stickers (file, app);

      -- What is each person's own: read and written as a whole.
      create table sticker_shelves (
        app integer not null,
        user_id text not null collate "C",
        shelf json not null,
        primary key (app, user_id),
        foreign key (app, user_id) references users (app, id) on delete cascade
      );

      alter table message_files drop constraint message_files_kind_check;
      alter table message_files add constraint message_files_kind_check
        check (kind in ('image', 'video', 'voice', 'file', 'poster', 'sticker')) not valid;
    `,
  },
];
