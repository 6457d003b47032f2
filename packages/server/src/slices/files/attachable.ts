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
 * Asked of each conversation by itself, which the limit has the planner do: a sticker may be carried by very many
 * messages, and none of them theirs to see.
 */
export function carriedFor({ app, user }: Asking, key?: string): RawBuilder<boolean> {
  const by = (above: RawBuilder<unknown>) => sql`lateral (
    select from message_files a
    where a.app = ${app} and a.file = files.id and a.conversation = c.pk and a.n > ${above}
      and not exists (select from message_deletions d
        where d.app = ${app} and d.user_id = ${user} and d.conversation = a.conversation and d.n = a.n)
    limit 1) carrying`;
  const floor = sql`(case when c.history = 'joined' then greatest(m.cleared_n, m.joined_n) else m.cleared_n end)`;
  const within = key === undefined ? sql`true` : sql`c.pk = ${key}`;
  const mine = sql`m.user_id = ${user} and m.left_at is null`;
  return sql<boolean>`(
    exists (select from members m join conversations c on c.pk = m.conversation cross join ${by(floor)}
      where m.app = ${app} and ${mine} and ${within})
    or exists (select from conversations c cross join ${by(sql`0`)}
      where c.app = ${app} and c.kind = 'channel' and ${within}
        and not exists (select from members m where m.conversation = c.pk and ${mine})))`;
}

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
