import { AVATAR_SIZES, type AvatarSize, avatarFile, InlayError } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Jobs } from '../../core/jobs.ts';
import type { Trx } from '../../db/database.ts';
import { askToSweep } from './ask-to-sweep.ts';
import type { FilesContext } from './context.ts';
import type { Delivery } from './delivery.ts';
import { isInline, UNKNOWN } from './kinds.ts';
import { checkPath, picturing } from './shown.ts';
import { MAKE_SQUARES } from './squares.ts';

/** Attempts of a job to make the squares of a picture. */
const ATTEMPTS = 5;

export interface AvatarChange {
  app: number;
  /** Whose upload the picture has to be; null: of anyone of the app, for any of whom its backend may act. */
  owner: string | null;
  /** The picture as it is. */
  before: string | null;
  /** As it is to be; absent: as it is. */
  after: string | null | undefined;
  /** Of the input, for what is wrong with it. */
  field?: string;
}

/**
 * Holds an image for whose picture it becomes: its row is locked until that is committed, as a message locks the files
 * that it names, and sweepers take nothing that is locked. [L11] One error for what is not there, not whole, no image,
 * someone else's and another app's.
 */
async function hold(
  trx: Trx,
  jobs: Jobs,
  o: { app: number; owner: string | null; file: string; field: string },
) {
  const { app, owner, file, field } = o;
  const row = await trx
    .selectFrom('files')
    .select('blob')
    .where('app', '=', app)
    .where('id', '=', file)
    .$if(owner !== null, (found) => found.where('owner', '=', owner ?? ''))
    .where('kind', '=', 'image')
    .where('state', '=', 'ready')
    .forKeyShare()
    .executeTakeFirst();
  if (row === undefined) {
    const who = owner === null ? 'someone of the app' : 'the same person';
    const message = `${field}: expected the path of an image that ${who} uploaded and finished.`;
    throw new InlayError('invalid_input', message, { field });
  }
  await checkPath(trx, { app, file, blob: row.blob, field });
  await jobs.add(trx, MAKE_SQUARES, { payload: { app, blob: row.blob }, attempts: ATTEMPTS });
}

/**
 * To be called in each transaction that changes a picture: checks and holds the file that it is to be, and has the one
 * that it was swept if nothing else names it. A picture that stays as it is is not looked at: admins may say again
 * what another one of them uploaded.
 */
export async function changeAvatar(trx: Trx, jobs: Jobs, change: AvatarChange): Promise<void> {
  const { app, owner, before, after, field = 'avatar' } = change;
  if (after === undefined || after === before) return;
  const [old, file] = [avatarFile(before), avatarFile(after)];
  if (file !== undefined) await hold(trx, jobs, { app, owner, file, field });
  if (old !== undefined) await askToSweep(jobs, trx, { app, files: [old] });
}

interface Row {
  app: number;
  name: string;
  type: string | null;
  blob: string;
  size: string;
  original: boolean;
  step: string | null;
  width: number | null;
  step_size: string | null;
}

/**
 * The bytes of a picture for as long as it is one; undefined otherwise. A square that is not made yet is stood for by
 * the next larger one, else by the image itself; by none that was not made anew, as it may say where it was taken.
 */
export async function findAvatar(
  { db }: FilesContext,
  file: string,
  size: AvatarSize,
): Promise<Delivery | undefined> {
  const { rows } = await sql<Row>`
    select f.app, f.name, f.type, f.blob, f.size, f.original, s.hash as step, s.width, b.size as step_size
    from ${picturing(file)} n
    join files f on f.app = n.app and f.id = ${file}::uuid and f.state = 'ready'
    left join lateral (
      select hash, width from file_steps s
      where s.app = f.app and s.blob = f.blob and s.width in (${sql.join(AVATAR_SIZES)}) and s.width >= ${size}
      order by s.width limit 1) s on true
    left join blobs b on b.app = f.app and b.hash = s.hash
    order by f.created_at, f.app limit 1`.execute(db);
  const [row] = rows;
  if (row === undefined || (row.step === null && row.original)) return undefined;
  const { app, name, step } = row;
  if (step !== null) {
    const shared = { name, inline: true, final: row.width === size };
    return { ...shared, key: { app, hash: step }, size: Number(row.step_size), type: 'image/webp' };
  }
  const type = row.type ?? UNKNOWN;
  const whole = { key: { app, hash: row.blob }, size: Number(row.size), type };
  return { ...whole, name, inline: isInline(type), final: false };
}
