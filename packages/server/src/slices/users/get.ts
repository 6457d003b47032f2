import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { readUsers } from './queries.ts';

export const get =
  (log: Log): Handler<'users.get'> =>
  async (caller, input) => ({
    users: await readUsers(log.db, caller.app.pk, input.users),
  });
