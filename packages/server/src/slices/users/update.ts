import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { UsersDeps } from './index.ts';
import { writeProfile } from './queries.ts';
import { tellProfile } from './tell.ts';

export const update =
  ({ log, jobs, onVisibility }: UsersDeps): Handler<'users.update'> =>
  async (caller, input) => {
    const app = caller.app.pk;
    const me = await log.db
      .transaction()
      .execute((trx) => writeProfile(trx, { app, user: caller.user, jobs }, input));
    if (me === undefined) throw new InlayError('not_found', 'There is no such user.');
    tellProfile(log.fanout, app, me);
    if (input.presenceVisibility !== undefined)
      onVisibility({ app, user: caller.user }, me.presenceVisibility);
    return { me };
  };
