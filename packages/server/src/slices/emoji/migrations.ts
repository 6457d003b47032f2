import type { Migration } from '../../db/migrations.ts';

export const emojiMigrations: Migration[] = [
  {
    version: 10,
    name: 'emoji',
    sql: `
      create table emoji (
        app integer not null,
        name text not null collate "C",
        file uuid not null,
        primary key (app, name),
        foreign key (app, file) references files (app, id) on delete cascade
      );
      -- For each file that may be swept, and each image that is shown.
      create index emoji_by_file on emoji (file, app);
    `,
  },
];
