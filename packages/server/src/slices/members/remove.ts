import { mayActOn } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { ChangeTx, Log } from '../../log/index.ts';
import { forbidden, memberPlace } from '../../log/index.ts';
import { roleIn } from './roles.ts';
import { removeMembers, systemBody, tellSystem } from './roster.ts';

async function present(tx: ChangeTx, users: readonly string[]) {
  return await tx.trx
    .selectFrom('members')
    .select(['user_id', 'role'])
    .where('conversation', '=', tx.row.pk)
    .where('user_id', 'in', [...users])
    .where('left_at', 'is', null)
    .execute();
}

export const remove =
  (log: Log): Handler<'members.remove'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    await log.change(facts.key, async (tx) => {
      const role = await roleIn(tx, caller.user);
      const standing = { kind: tx.row.kind, posting: tx.row.posting, role };
      if (!mayActOn(standing, 'member')) throw forbidden('admins and the owner');
      const targets = await present(tx, input.users);
      if (targets.some((t) => !mayActOn(standing, t.role)))
        throw forbidden('someone who stands above that member');
      if (targets.length === 0) return;
      const users = targets.map((t) => t.user_id);
      await removeMembers(log, tx, users);
      await tellSystem(log, tx, systemBody('memberRemoved', caller.user, { users, count: users.length }));
    });
    return { removed: [...new Set(input.users)] };
  };
