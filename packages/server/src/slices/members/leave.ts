import { InlayError } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { ChangeTx, Log } from '../../log/index.ts';
import { memberPlace } from '../../log/index.ts';
import { roleIn } from './roles.ts';
import { lockUsers, removeMembers, systemBody, tellSystem } from './roster.ts';
import { writeRole } from './write-role.ts';

/** The longest-standing admin, else the longest-standing member. */
async function successor(tx: ChangeTx, leaving: string): Promise<string | undefined> {
  const row = await tx.trx
    .selectFrom('members')
    .select('user_id')
    .where('conversation', '=', tx.row.pk)
    .where('user_id', '!=', leaving)
    .where('left_at', 'is', null)
    .orderBy(sql`role = 'admin'`, 'desc')
    .orderBy('joined_at')
    .orderBy('user_id')
    .executeTakeFirst();
  return row?.user_id;
}

export const leave =
  (log: Log): Handler<'members.leave'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    if (facts.kind === 'direct')
      throw new InlayError('forbidden', 'A direct conversation is not left; hide it instead.');
    await log.change(facts.key, async (tx) => {
      const role = await roleIn(tx, caller.user);
      if (role === null) return;
      const heir = role === 'owner' ? await successor(tx, caller.user) : undefined;
      if (heir !== undefined) await lockUsers(tx.trx, caller.app.pk, [caller.user, heir]);
      await removeMembers(log, tx, [caller.user]);
      if (facts.kind === 'group') {
        await tellSystem(log, tx, systemBody('memberLeft', caller.user, { users: [caller.user], count: 1 }));
      }
      if (heir === undefined) return;
      await writeRole(log, tx, heir, 'owner');
      await tellSystem(
        log,
        tx,
        systemBody('ownerChanged', caller.user, { users: [heir], count: 1, role: 'owner' }),
      );
    });
    return {};
  };
