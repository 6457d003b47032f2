import { avatarPath, InlayError } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../../db/database.ts';

/** Apps in which the file is someone's or something's picture. */
export function picturing(file: string): RawBuilder<unknown> {
  const named = sql`avatar = ${avatarPath(file)} and avatar like '/avatars/%'`;
  return sql`(select app from users where ${named} union select app from conversations where ${named}
    union select pk from apps where ${named})`;
}

/** Apps that publish the file, as an emoji or a sticker. */
export const publishing = (
  file: string,
): RawBuilder<unknown> => sql`(select app from emoji where file = ${file}::uuid
  union select app from stickers where file = ${file}::uuid)`;

interface Showing {
  app: number;
  file: string;
  blob: string | null;
  /** Of the input, for what is wrong with the file. */
  field: string;
}

/**
 * The paths of pictures and of what apps publish name no app, and ids are their uploaders' own. So that nobody puts
 * an image in the place of another app's, an id is shown by one app alone, or by others with the same bytes. Of two
 * that begin at once the second waits. Throws `invalid_input`.
 */
export async function checkPath(trx: Trx, { app, file, blob, field }: Showing): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${file}::uuid::text, 0))`.execute(trx);
  const { rows } = await sql`
    select from (${picturing(file)} union ${publishing(file)}) n
    join files f on f.app = n.app and f.id = ${file}::uuid
    where n.app <> ${app} and f.blob is distinct from ${blob}`.execute(trx);
  if (rows.length === 0) return;
  const message = `${field}: there is another image with this id; upload this one under a new id.`;
  throw new InlayError('invalid_input', message, { field });
}
