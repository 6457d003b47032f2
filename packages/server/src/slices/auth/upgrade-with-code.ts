import type { Handler } from '../../core/handler.ts';
import { checkCode } from './check-code.ts';
import { useTicket } from './codes.ts';
import { type AuthContext, wrongCredentials } from './context.ts';
import { lockLogin } from './credentials.ts';
import { checkGuest, upgrade } from './upgrade.ts';

export const upgradeWithCode =
  (context: AuthContext): Handler<'auth.upgradeWithCode'> =>
  async (caller, input) => {
    const { ticket, code, name } = input;
    await checkGuest(context, caller);
    const login = await checkCode(context, { app: caller.app.pk, ticket, code, address: caller.address });
    return await upgrade(context, caller, {
      login,
      password: null,
      name,
      field: 'ticket',
      async before(trx) {
        await lockLogin(trx, login);
        if (!(await useTicket(trx, ticket))) throw wrongCredentials();
      },
    });
  };
