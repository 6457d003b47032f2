import type { Handler } from '../../core/handler.ts';
import { type AuthContext, taken } from './context.ts';
import { usernameLogin } from './credentials.ts';
import { checkGuest, upgrade } from './upgrade.ts';
import { isUsernameTaken } from './usernames.ts';

export const upgradeWithPassword =
  (context: AuthContext): Handler<'auth.upgradeWithPassword'> =>
  async (caller, input) => {
    const { db, limits, passwords } = context;
    limits.take('newcomers', caller.address);
    await checkGuest(context, caller);
    const login = usernameLogin(caller.app.pk, input.username);
    if (await isUsernameTaken(db, login)) throw taken('username');
    const password = await passwords.hash(input.password);
    return await upgrade(context, caller, { login, password, name: input.name, field: 'username' });
  };
