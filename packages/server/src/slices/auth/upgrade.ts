import { InlayError, type User } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { Trx } from '../../db/database.ts';
import { becomeOwn, readMe, readUsers, tellProfile } from '../users/index.ts';
import { type AuthContext, checkOpen, taken } from './context.ts';
import { addCredential, type Login } from './credentials.ts';

const onlyGuests = (): InlayError =>
  new InlayError('forbidden', 'Only a guest can be turned into an account; you have one already.');

/** Throws `forbidden` for who is no guest, or where the app takes no new accounts. */
export async function checkGuest({ db, apps }: AuthContext, caller: UserCaller): Promise<void> {
  const app = await apps.byPk(caller.app.pk);
  checkOpen(app?.settings.signUp ?? false, 'people make accounts themselves');
  if ((await readMe(db, caller.app.pk, caller.user)).kind !== 'guest') throw onlyGuests();
}

export interface Upgrade {
  login: Login;
  /** The hash; null for who signs in with codes. */
  password: string | null;
  name: string | undefined;
  /** The input's field that may be taken. */
  field: string;
  /** Runs first within the same transaction. */
  before?: (trx: Trx) => Promise<void>;
}

/** Gives a guest a way to sign in again; id, conversations and devices stay. Throws `conflict` or `forbidden`. */
export async function upgrade(context: AuthContext, caller: UserCaller, o: Upgrade): Promise<{ user: User }> {
  const { db, now, fanout } = context;
  const who = { app: caller.app.pk, user: caller.user };
  const me = await db.transaction().execute(async (trx) => {
    await o.before?.(trx);
    const changed = await becomeOwn(trx, who, o.name);
    if (changed === undefined) throw onlyGuests();
    const credential = { ...o.login, user: who.user, password: o.password, at: new Date(now()) };
    if (!(await addCredential(trx, credential))) throw taken(o.field);
    return changed;
  });
  tellProfile(fanout, who.app, me);
  const [user] = await readUsers(db, who.app, [who.user]);
  if (user === undefined) throw new InlayError('not_found', 'There is no such user.');
  return { user };
}
