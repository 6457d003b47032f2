import { logMigrations } from '../log/migrations.ts';
import { appsMigrations } from '../slices/apps/index.ts';
import { authMigrations } from '../slices/auth/migrations.ts';
import { emojiMigrations } from '../slices/emoji/migrations.ts';
import { filesMigrations } from '../slices/files/migrations.ts';
import { stickersMigrations } from '../slices/stickers/migrations.ts';
import { usersMigrations } from '../slices/users/index.ts';
import type { Migration } from './migrations.ts';

/** Every step of every slice in order. */
export const MIGRATIONS: readonly Migration[] = [
  ...appsMigrations,
  ...usersMigrations,
  ...logMigrations,
  ...authMigrations,
  ...filesMigrations,
  ...emojiMigrations,
  ...stickersMigrations,
].sort((a, b) => a.version - b.version);
