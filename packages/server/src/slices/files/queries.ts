import { InlayError } from '@inlay-im/protocol';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { UserCaller } from '../../core/caller.ts';
import type { Db, Trx } from '../../db/database.ts';
import type { FilesTable } from './tables.ts';

export type FileRow = Selectable<FilesTable>;

/** Which file. */
export interface FileKey {
  app: number;
  id: string;
}

export const fileNotFound = (field = 'file'): InlayError =>
  new InlayError('not_found', 'There is no such file, or it is not yours.', { field });

export const rejected = (why: string): InlayError =>
  new InlayError('rejected', `The file was refused: ${why}. Bring another under a new id.`, {
    field: 'file',
  });

/** The words for every later question after a file that was refused. */
export const wasRejected = (): InlayError => rejected('its bytes were looked at before');

export async function fileOf(db: Db | Trx, { app, id }: FileKey): Promise<FileRow | undefined> {
  return await db
    .selectFrom('files')
    .selectAll()
    .where('app', '=', app)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A file of the caller's own; `not_found` for that of anyone else. */
export async function ownFile(db: Db | Trx, caller: UserCaller, id: string): Promise<FileRow> {
  const row = await fileOf(db, { app: caller.app.pk, id });
  if (row === undefined || row.owner !== caller.user) throw fileNotFound();
  return row;
}

/** True of rows whose picture is the file `f`; said so that their index is used, which has uploaded pictures alone. */
const shows = sql`avatar = '/avatars/' || f.id::text and avatar like '/avatars/%'`;
const hasAvatar = sql`${shows} and app = f.app`;

/** True of files that their app publishes. `f` is the row of files. */
const isPublished: RawBuilder<boolean> = sql<boolean>`
  (exists (select from emoji p where p.app = f.app and p.file = f.id)
  or exists (select from stickers p where p.app = f.app and p.file = f.id))`;

/**
 * True of files that something names: a message, a video whose still it is, someone or something whose picture it
 * is, the app that publishes it. `f` is the row of files.
 */
export const isNamed: RawBuilder<boolean> = sql<boolean>`(
  exists (select from message_files m where m.app = f.app and m.file = f.id)
  or exists (select from users where ${hasAvatar})
  or exists (select from conversations where ${hasAvatar})
  or exists (select from apps where ${shows} and pk = f.app)
  or ${isPublished}
  or exists (select from files v where v.app = f.app and v.poster = f.id))`;
