import { sql } from 'kysely';
import type { BlobKey } from '../../ports/blobs.ts';
import { type Addressed, type Checked, checkAddress } from './addresses.ts';
import type { FilesContext } from './context.ts';
import { isInline, UNKNOWN } from './kinds.ts';

/** What is to be sent of a file. */
export interface Delivery {
  key: BlobKey;
  size: number;
  type: string;
  name: string;
  /** Whether a browser may show it in place. */
  inline: boolean;
  /** Whether this is what was asked for: not the whole in place of a step that is not made yet. */
  final: boolean;
}

interface Row {
  name: string;
  type: string | null;
  blob: string;
  size: string;
  step: string | null;
  step_size: string | null;
}

/**
 * The file behind an address that was checked; undefined if it is gone. Asked for every request, so that what is
 * recalled is out of reach at once.
 */
async function find(
  { db }: FilesContext,
  { app, file, width, conversation }: Addressed,
): Promise<Delivery | undefined> {
  const { rows } = await sql<Row>`
    select f.name, f.type, f.blob, f.size, s.hash as step, b.size as step_size
    from files f
    left join file_steps s on s.app = f.app and s.blob = f.blob and s.width = ${width ?? 0}
    left join blobs b on b.app = s.app and b.hash = s.hash
    where f.app = ${app} and f.id = ${file}::uuid and f.state = 'ready'
      and (${conversation === null} or exists (select from message_files m
        where m.app = f.app and m.file = f.id and m.conversation = ${conversation}::bigint))`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const type = row.type ?? UNKNOWN;
  const shared = { name: row.name, inline: isInline(type) };
  if (row.step !== null) {
    return {
      ...shared,
      key: { app, hash: row.step },
      size: Number(row.step_size),
      type: 'image/webp',
      final: true,
    };
  }
  return {
    ...shared,
    key: { app, hash: row.blob },
    size: Number(row.size),
    type,
    final: width === undefined,
  };
}

/** What the routes of files need of them. */
export function deliveries(context: FilesContext) {
  return {
    check: (url: URL): Checked => checkAddress(context.key, url, context.now()),
    find: (what: Addressed) => find(context, what),
  };
}
