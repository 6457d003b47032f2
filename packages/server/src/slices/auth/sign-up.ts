import type { Handler } from '../../core/handler.ts';
import { createAccountUser } from '../users/index.ts';
import { type AuthContext, checkOpen, taken } from './context.ts';
import { addCredential, usernameLogin } from './credentials.ts';
import { enter } from './enter.ts';
import { isUsernameTaken } from './usernames.ts';

export const signUp =
  (context: AuthContext): Handler<'auth.signUp'> =>
  async (caller, input) => {
    const { db, apps, limits, passwords, now } = context;
    const app = await apps.named(input.app);
    checkOpen(app.settings.signUp, 'people make accounts themselves');
    limits.take('newcomers', caller.address);
    const login = usernameLogin(app.pk, input.username);
    // Before the work of hashing; what decides are the keys of the tables.
    if (await isUsernameTaken(db, login)) throw taken('username');
    const password = await passwords.hash(input.password);
    const at = new Date(now());
    const user = login.identifier;
    return await enter(context, {
      app,
      device: input.device,
      async identify(trx) {
        const free = await createAccountUser(trx, {
          app: app.pk,
          id: user,
          kind: 'own',
          name: input.name,
          at,
        });
        if (!free || !(await addCredential(trx, { ...login, user, password, at }))) throw taken('username');
        return { user, changed: false };
      },
    });
  };
