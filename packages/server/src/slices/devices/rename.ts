import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Db } from '../../db/database.ts';
import { renameDevice } from './queries.ts';

export const rename =
  (db: Db): Handler<'devices.rename'> =>
  async (caller, input) => {
    const owner = { app: caller.app.pk, user: caller.user };
    const found =
      caller.device !== null && (await renameDevice(db, owner, { id: caller.device, name: input.name }));
    if (!found) throw new InlayError('not_found', 'This device is not signed in.');
    return {};
  };
