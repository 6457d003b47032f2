import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Db } from '../../db/database.ts';
import { deleteDevice } from './queries.ts';

/** `tell` closes the device's connections, on this node and the others. */
export const signOut =
  (db: Db, tell: (device: string) => void): Handler<'devices.signOut'> =>
  async (caller, input) => {
    const owner = { app: caller.app.pk, user: caller.user };
    if (!(await deleteDevice(db, owner, input.device))) {
      throw new InlayError('not_found', 'You have no such device; list your devices for their ids.', {
        field: 'device',
      });
    }
    tell(input.device);
    return {};
  };
