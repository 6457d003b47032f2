import { InlayError, maySetRole } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { forbidden, memberPlace } from '../../log/index.ts';
import { roleIn } from './roles.ts';
import { systemBody, tellSystem } from './roster.ts';
import { writeRole } from './write-role.ts';

export const setRole =
  (log: Log): Handler<'members.setRole'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    const { user, role } = input;
    const member = await log.change(facts.key, async (tx) => {
      const mine = await roleIn(tx, caller.user);
      if (!maySetRole({ kind: tx.row.kind, posting: tx.row.posting, role: mine }))
        throw forbidden('the owner');
      const now = await roleIn(tx, user);
      if (now === null) throw new InlayError('not_found', 'That person is no member.', { field: 'user' });
      if (now === 'owner') {
        throw new InlayError('forbidden', 'The owner keeps that role; hand the ownership over instead.', {
          field: 'user',
        });
      }
      const changed = await writeRole(log, tx, user, role);
      if (now !== role)
        await tellSystem(log, tx, systemBody('roleChanged', caller.user, { users: [user], count: 1, role }));
      return changed;
    });
    return { member };
  };
