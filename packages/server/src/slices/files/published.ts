import { InlayError, type StoredFile } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Trx } from '../../db/database.ts';
import { toStoredFile } from './attachable.ts';
import type { FilesContext } from './context.ts';
import type { Delivery } from './delivery.ts';
import { UNKNOWN } from './kinds.ts';
import { checkPath, publishing } from './shown.ts';

interface Holding {
  app: number;
  file: string;
  /** Of the input, for what is wrong with the file. */
  field: string;
  /** At most so many bytes, and pixels of a side. */
  bytes: number;
  side: number;
}

/**
 * Holds an image that the app publishes: its row is locked until that is committed, as for a picture of someone. Whose
 * upload it was does not matter, as the app's backend may act for any of its people.
 */
export async function holdPublished(trx: Trx, o: Holding): Promise<StoredFile> {
  const { app, file, field, bytes, side } = o;
  const row = await trx
    .selectFrom('files')
    .selectAll()
    .where('app', '=', app)
    .where('id', '=', file)
    .where('kind', '=', 'image')
    .where('state', '=', 'ready')
    .forKeyShare()
    .executeTakeFirst();
  if (row === undefined) {
    const message = `${field}: expected an image that someone of the app uploaded and finished.`;
    throw new InlayError('not_found', message, { field });
  }
  const stored = toStoredFile(row);
  const longest = Math.max(stored.width ?? 0, stored.height ?? 0);
  if (stored.size > bytes || longest > side) {
    const is = `this one has ${stored.size}, and ${longest} pixels`;
    const message = `${field}: expected at most ${bytes} bytes, and ${side} pixels a side; ${is}.`;
    throw new InlayError('too_large', message, { field });
  }
  await checkPath(trx, { app, file, blob: row.blob, field });
  return stored;
}

interface Row {
  app: number;
  name: string;
  type: string | null;
  blob: string;
  size: string;
}

/** The bytes of an image for as long as an app publishes it; undefined otherwise. */
export async function findPublished({ db }: FilesContext, file: string): Promise<Delivery | undefined> {
  const { rows } = await sql<Row>`
    select f.app, f.name, f.type, f.blob, f.size
    from ${publishing(file)} n
    join files f on f.app = n.app and f.id = ${file}::uuid and f.state = 'ready'
    order by f.created_at, f.app limit 1`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { app, blob: hash, name, type } = row;
  return {
    key: { app, hash },
    size: Number(row.size),
    type: type ?? UNKNOWN,
    name,
    inline: true,
    final: true,
  };
}
