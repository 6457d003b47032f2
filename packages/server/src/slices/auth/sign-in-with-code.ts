import type { Handler } from '../../core/handler.ts';
import { randomId } from '../../core/random-id.ts';
import type { Trx } from '../../db/database.ts';
import type { AppEntry } from '../apps/index.ts';
import { createAccountUser } from '../users/index.ts';
import { checkCode } from './check-code.ts';
import { useTicket } from './codes.ts';
import { type AuthContext, checkOpen, wrongCredentials } from './context.ts';
import { addCredential, findCredential, type Login, lockLogin } from './credentials.ts';
import { type Entrant, enter } from './enter.ts';

interface Arrival {
  app: AppEntry;
  login: Login;
  name: string | undefined;
}

/** Whose address it is; a new account where it is nobody's. */
async function accountOf(trx: Trx, context: AuthContext, { app, login, name }: Arrival): Promise<Entrant> {
  // Two codes of one address used at the same time make one account.
  await lockLogin(trx, login);
  const known = await findCredential(trx, login);
  if (known !== undefined) return { user: known.user_id, changed: false };
  checkOpen(app.settings.signUp, 'people make accounts themselves');
  const user = `u_${randomId(context.randomBytes)}`;
  const at = new Date(context.now());
  await createAccountUser(trx, { app: app.pk, id: user, kind: 'own', name, at });
  await addCredential(trx, { ...login, user, password: null, at });
  return { user, changed: false };
}

export const signInWithCode =
  (context: AuthContext): Handler<'auth.signInWithCode'> =>
  async (caller, input) => {
    const app = await context.apps.named(input.app);
    const { ticket, code, name } = input;
    const login = await checkCode(context, { app: app.pk, ticket, code, address: caller.address });
    return await enter(context, {
      app,
      device: input.device,
      async identify(trx) {
        if (!(await useTicket(trx, ticket))) throw wrongCredentials();
        return await accountOf(trx, context, { app, login, name });
      },
    });
  };
