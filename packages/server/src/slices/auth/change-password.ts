import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import { deleteOtherDevices } from '../devices/index.ts';
import { checkPassword } from './check-password.ts';
import type { AuthContext } from './context.ts';
import { findPassword, usernameLogin, writePassword } from './credentials.ts';

/** Whoever knew the old password is signed out; the device that asks stays. */
export const changePassword =
  (context: AuthContext): Handler<'auth.changePassword'> =>
  async (caller, input) => {
    const { db, passwords, devices } = context;
    const own = await findPassword(db, caller.app.pk, caller.user);
    if (own === undefined)
      throw new InlayError('forbidden', 'Only an account with a user name has a password.');
    const login = usernameLogin(caller.app.pk, own.identifier);
    await checkPassword(context, { login, password: input.password, address: caller.address });
    const hash = await passwords.hash(input.newPassword);
    const owner = { app: caller.app.pk, user: caller.user };
    const gone = await db.transaction().execute(async (trx) => {
      await writePassword(trx, login, hash);
      return await deleteOtherDevices(trx, owner, caller.device ?? '');
    });
    devices.removed(gone);
    return {};
  };
