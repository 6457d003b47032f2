import { InlayError, maySetRole } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { forbidden, memberPlace } from '../../log/index.ts';
import { roleIn } from './roles.ts';
import { lockUsers, systemBody, tellSystem } from './roster.ts';
import { writeRole } from './write-role.ts';

export const transferOwnership =
  (log: Log): Handler<'members.transferOwnership'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    const { user } = input;
    await log.change(facts.key, async (tx) => {
      const mine = await roleIn(tx, caller.user);
      if (!maySetRole({ kind: tx.row.kind, posting: tx.row.posting, role: mine }))
        throw forbidden('the owner');
      if ((await roleIn(tx, user)) === null) {
        throw new InlayError('not_found', 'That person is no member.', { field: 'user' });
      }
      if (user === caller.user) return;
      await lockUsers(tx.trx, caller.app.pk, [caller.user, user]);
      await writeRole(log, tx, caller.user, 'admin');
      await writeRole(log, tx, user, 'owner');
      await tellSystem(
        log,
        tx,
        systemBody('ownerChanged', caller.user, { users: [user], count: 1, role: 'owner' }),
      );
    });
    return {};
  };
