import { InlayError, type Me, type User, type UserKind } from '@inlay-im/protocol';
import { type Selectable, sql } from 'kysely';
import type { Jobs } from '../../core/jobs.ts';
import type { Db, Trx } from '../../db/database.ts';
import type { UsersTable } from '../../db/tables.ts';
import { toUser } from '../../log/index.ts';
import { changeAvatar } from '../files/index.ts';

export type ProfileRow = Selectable<UsersTable>;

/** A person's own view of themselves. */
export const toMe = (row: ProfileRow): Me => ({
  ...toUser(row),
  presenceVisibility: row.presence_visibility,
  rev: row.rev,
});

export async function readMe(db: Db, app: number, user: string): Promise<Me> {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('app', '=', app)
    .where('id', '=', user)
    .executeTakeFirst();
  if (row === undefined) throw new InlayError('not_found', 'There is no such user.');
  return toMe(row);
}

export async function readUsers(db: Db, app: number, users: readonly string[]): Promise<User[]> {
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where('app', '=', app)
    .where('id', 'in', [...users])
    .orderBy('id')
    .execute();
  return rows.map(toUser);
}

export interface NewUsers {
  app: number;
  ids: readonly string[];
  kind: UserKind;
  at: Date;
}

/** Brings people into being who are not there yet; those who are stay as they are. */
export async function ensureUsers(trx: Trx | Db, { app, ids, kind, at }: NewUsers): Promise<void> {
  await trx
    .insertInto('users')
    .values([...new Set(ids)].sort().map((id) => ({ app, id, kind, created_at: at })))
    .onConflict((oc) => oc.columns(['app', 'id']).doNothing())
    .execute();
}

/** What of a profile may be written; what is absent stays. */
export interface ProfileChange {
  name?: string | null | undefined;
  avatar?: string | null | undefined;
  custom?: User['custom'] | undefined;
  presenceVisibility?: Me['presenceVisibility'] | undefined;
}

/** Whose profile, and the queue that looks after pictures which were and become someone's. */
export interface Profile {
  app: number;
  user: string;
  jobs: Jobs;
  /** Of the input, for what is wrong with the picture. */
  field?: string;
}

/** The person's row stays locked until the picture that they have from now on is written. */
async function changePicture(trx: Trx, { app, user, jobs, field }: Profile, after: string | null) {
  const row = await trx
    .selectFrom('users')
    .select('avatar')
    .where('app', '=', app)
    .where('id', '=', user)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) return;
  const named = field === undefined ? {} : { field };
  await changeAvatar(trx, jobs, { app, owner: user, before: row.avatar, after, ...named });
}

/** Writes a profile and raises the person's revision; undefined for someone who is not there. */
export async function writeProfile(trx: Trx, who: Profile, change: ProfileChange): Promise<Me | undefined> {
  const { name, avatar, custom, presenceVisibility } = change;
  if (avatar !== undefined) await changePicture(trx, who, avatar);
  const row = await trx
    .updateTable('users')
    .set({
      rev: sql<number>`rev + 1`,
      ...(name === undefined ? {} : { name }),
      ...(avatar === undefined ? {} : { avatar }),
      ...(custom === undefined
        ? {}
        : { custom: custom === null ? null : sql<string>`${JSON.stringify(custom)}::text::json` }),
      ...(presenceVisibility === undefined ? {} : { presence_visibility: presenceVisibility }),
    })
    .where('app', '=', who.app)
    .where('id', '=', who.user)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : toMe(row);
}

export interface NewAccount {
  app: number;
  id: string;
  kind: 'own' | 'guest';
  name: string | undefined;
  at: Date;
}

/** Makes a person with an account of their own, or a guest; says whether the id was free. */
export async function createAccountUser(trx: Trx, { app, id, kind, name, at }: NewAccount): Promise<boolean> {
  const row = await trx
    .insertInto('users')
    .values({ app, id, kind, name: name ?? null, created_at: at })
    .onConflict((oc) => oc.columns(['app', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes a guest a person with an account, with all that is theirs; undefined for who is no guest. */
export async function becomeOwn(
  trx: Trx,
  who: { app: number; user: string },
  name: string | undefined,
): Promise<Me | undefined> {
  const row = await trx
    .updateTable('users')
    .set({ kind: 'own', rev: sql<number>`rev + 1`, ...(name === undefined ? {} : { name }) })
    .where('app', '=', who.app)
    .where('id', '=', who.user)
    .where('kind', '=', 'guest')
    .returningAll()
    .executeTakeFirst();
  return row && toMe(row);
}

/** How many guests one sweep forgets. */
const GUESTS = 10_000;

/** Forgets guests who can never come back, as no device of theirs is signed in, and who are in no conversation. */
export async function deleteAbandonedGuests(db: Db): Promise<number> {
  const result = await sql`
    delete from users where (app, id) in (
      select u.app, u.id from users u
      where u.kind = 'guest'
        and not exists (select from devices d where d.app = u.app and d.user_id = u.id)
        and not exists (select from members m where m.app = u.app and m.user_id = u.id)
        -- What they sent, and pictures that they gave, go on being seen.
        and not exists (select from files f where f.app = u.app and f.owner = u.id)
      limit ${GUESTS}
    )`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}
