import type { StoredFile } from '@inlay-im/protocol';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { FilesTable } from './tables.ts';

/** Who asks for files. */
interface Asking {
  app: number;
  user: string;
}

/**
 * Whether a message carries the file `files` that the person sees: of a conversation that they are in, or of a channel,
 * above what they cleared or came after, and not deleted for themselves. Within one conversation, if its key is given.
 */
export const carriedFor = ({ app, user }: Asking, key?: string): RawBuilder<boolean> => sql<boolean>`exists (
  select from message_files a
  join conversations c on c.pk = a.conversation
  left join members m on m.conversation = c.pk and m.user_id = ${user} and m.left_at is null
  where a.app = ${app} and a.file = files.id and ${key === undefined ? sql`true` : sql`a.conversation = ${key}`}
    and (m.user_id is not null or c.kind = 'channel')
    and a.n > coalesce(case when c.history = 'joined' then greatest(m.cleared_n, m.joined_n) else m.cleared_n end, 0)
    and not exists (select from message_deletions d
      where d.app = ${app} and d.user_id = ${user} and d.conversation = a.conversation and d.n = a.n))`;

/** A file that is whole, as it goes over the wire. */
export const toStoredFile = (f: Selectable<FilesTable>): StoredFile => ({
  file: f.id,
  kind: f.kind,
  name: f.name,
  type: f.type ?? 'application/octet-stream',
  size: Number(f.size),
  width: f.width,
  height: f.height,
  duration: f.duration,
  thumbhash: f.thumbhash,
  waveform: f.waveform,
  animated: f.animated,
  poster: f.poster,
});

/** Those of the files that are whole and that the person may send: their own, and those of messages that they see. */
export async function attachable(db: Db, asking: Asking, ids: readonly string[]): Promise<StoredFile[]> {
  const { app, user } = asking;
  const { rows } = await sql<Selectable<FilesTable>>`
    select files.*, (select p.id from files p where p.app = files.app and p.id = files.poster and p.state = 'ready') as poster
    from files
    where files.app = ${app} and files.id = any(${`{${ids.join(',')}}`}::uuid[]) and files.state = 'ready'
      and (files.owner = ${user} or ${carriedFor(asking)})`.execute(db);
  return rows.map(toStoredFile);
}
