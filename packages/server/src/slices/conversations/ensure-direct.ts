import { directPeople } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { ConversationFacts, Log } from '../../log/index.ts';
import { notFound } from '../../log/index.ts';
import { addMembers, admit, tellJoined } from '../members/index.ts';
import { insertConversation, peopleOf } from './found.ts';

/**
 * The direct conversation with this id, made on first use if the caller is one of its two people. The other one sees
 * it in their list when the first message comes.
 */
export async function ensureDirect(log: Log, caller: UserCaller, id: string): Promise<ConversationFacts> {
  const people = directPeople(id);
  if (people === undefined || !people.includes(caller.user)) throw notFound();
  const app = caller.app.pk;
  const found = await log.directory.find(app, id);
  if (found !== null) return found;
  const { members } = peopleOf(...people);
  const made = await log.begin(
    async (trx, at) => {
      await admit(trx, caller, members, at);
      return await insertConversation(trx, { app, id, kind: 'direct', people, at });
    },
    async (tx) => {
      await addMembers(
        log,
        tx,
        members.map((user) => ({ user, role: 'member' })),
        { joinedN: 0, readN: 0 },
      );
      await tx.trx
        .updateTable('members')
        .set({ hidden_n: 0 })
        .where('conversation', '=', tx.row.pk)
        .where('user_id', '!=', caller.user)
        .execute();
      return tx.row.pk;
    },
  );
  if (made !== undefined) await tellJoined(log, app, made, members);
  const facts = await log.directory.find(app, id);
  if (facts === null) throw notFound();
  return facts;
}
