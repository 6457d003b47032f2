import type { Db } from '../../db/database.ts';
import { readUsers } from '../users/index.ts';
import { findCredential, type Login } from './credentials.ts';

/** Whether an account has this user name, or a person, of the host app for one, is called so by their id. */
export async function isUsernameTaken(db: Db, login: Login): Promise<boolean> {
  if ((await findCredential(db, login)) !== undefined) return true;
  return (await readUsers(db, login.app, [login.identifier])).length > 0;
}
