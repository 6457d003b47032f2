import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { readMe } from './queries.ts';

export const me =
  (log: Log): Handler<'users.me'> =>
  async (caller) => ({
    me: await readMe(log.db, caller.app.pk, caller.user),
  });
