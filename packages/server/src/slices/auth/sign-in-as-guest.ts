import type { Handler } from '../../core/handler.ts';
import { randomId } from '../../core/random-id.ts';
import { createAccountUser } from '../users/index.ts';
import { type AuthContext, checkOpen } from './context.ts';
import { enter } from './enter.ts';

export const signInAsGuest =
  (context: AuthContext): Handler<'auth.signInAsGuest'> =>
  async (caller, input) => {
    const app = await context.apps.named(input.app);
    checkOpen(app.settings.guests, 'guests in');
    context.limits.take('newcomers', caller.address);
    const user = `g_${randomId(context.randomBytes)}`;
    const at = new Date(context.now());
    return await enter(context, {
      app,
      device: input.device,
      async identify(trx) {
        await createAccountUser(trx, { app: app.pk, id: user, kind: 'guest', name: input.name, at });
        return { user, changed: false };
      },
    });
  };
