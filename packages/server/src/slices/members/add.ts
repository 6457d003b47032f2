import { mayManage } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import { forbidden, type Log, mayStillRead, memberPlace, notFound, readView } from '../../log/index.ts';
import { admit } from './people.ts';
import { roleIn } from './roles.ts';
import { absentees, addMembers, systemBody, tellJoined, tellSystem } from './roster.ts';

export const add =
  (log: Log): Handler<'members.add'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    const added = await log.change(facts.key, async (tx) => {
      const role = await roleIn(tx, caller.user);
      if (!mayManage({ kind: tx.row.kind, posting: tx.row.posting, role }))
        throw forbidden('admins and the owner');
      const users = await absentees(tx, input.users);
      if (users.length === 0) return [];
      await admit(tx.trx, caller, users, tx.at);
      const joined = users.map((user) => ({ user, role: 'member' as const }));
      const n = tx.row.last_n;
      await addMembers(log, tx, joined, { joinedN: n, readN: n + 1 });
      await tellSystem(log, tx, systemBody('membersAdded', caller.user, { users, count: users.length }));
      return users;
    });
    await tellJoined(log, caller.app.pk, facts.key, added);
    const conversation = await readView(log.db, { app: caller.app.pk, user: caller.user }, facts.key);
    if (conversation === null || !mayStillRead(conversation)) throw notFound();
    return { added, conversation };
  };
