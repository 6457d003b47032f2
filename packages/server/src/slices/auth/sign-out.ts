import type { Handler } from '../../core/handler.ts';
import { deleteDevice } from '../devices/index.ts';
import type { AuthContext } from './context.ts';

/** Signing out what is signed out already is done as well. */
export const signOut =
  ({ db, devices }: AuthContext): Handler<'auth.signOut'> =>
  async (caller) => {
    if (caller.device === null) return {};
    await deleteDevice(db, { app: caller.app.pk, user: caller.user }, caller.device);
    devices.removed([caller.device]);
    return {};
  };
