import type { Handler } from '../../core/handler.ts';
import { checkPassword } from './check-password.ts';
import type { AuthContext } from './context.ts';
import { usernameLogin } from './credentials.ts';
import { enter } from './enter.ts';

export const signInWithPassword =
  (context: AuthContext): Handler<'auth.signInWithPassword'> =>
  async (caller, input) => {
    const app = await context.apps.named(input.app);
    const login = usernameLogin(app.pk, input.username);
    const user = await checkPassword(context, { login, password: input.password, address: caller.address });
    return await enter(context, {
      app,
      device: input.device,
      identify: async () => ({ user, changed: false }),
    });
  };
