import { InlayError, type Input } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import { defined } from '../../core/defined.ts';
import type { Handler } from '../../core/handler.ts';
import { type Log, readView } from '../../log/index.ts';
import { changeAvatar } from '../files/index.ts';
import { addMembers, admit, type Joining, systemBody, tellJoined, tellSystem } from '../members/index.ts';
import { insertConversation, keyOf } from './found.ts';
import type { ConversationsDeps } from './index.ts';

/** Names the owner first, then everyone else once. */
function roster(owner: string, members: readonly string[]): Joining[] {
  const others = [...new Set(members)].filter((m) => m !== owner);
  return [{ user: owner, role: 'owner' }, ...others.map((user) => ({ user, role: 'member' as const }))];
}

async function existing(log: Log, caller: UserCaller, input: Input<'conversations.create'>, id: string) {
  const key = await keyOf(log, caller.app.pk, id);
  const conversation =
    key === undefined ? null : await readView(log.db, { app: caller.app.pk, user: caller.user }, key);
  if (conversation?.self?.role === 'owner' && conversation.kind === input.kind) return conversation;
  throw new InlayError('conflict', 'This id is taken; choose another.', { field: 'id' });
}

export const create =
  ({ log, jobs }: ConversationsDeps): Handler<'conversations.create'> =>
  async (caller, input) => {
    const app = caller.app.pk;
    const id = input.id ?? log.uuid();
    const people = roster(caller.user, input.members);
    const users = people.map((p) => p.user);
    const { members: _, id: __, ...settings } = input;
    const key = await log.begin(
      async (trx, at) => {
        await admit(trx, caller, users, at);
        const row = await insertConversation(trx, { app, id, ...defined(settings), kind: input.kind, at });
        const picture = { owner: caller.user, before: null, after: input.avatar };
        if (row !== undefined) await changeAvatar(trx, jobs, { app, ...picture });
        return row;
      },
      async (tx) => {
        const others = users.slice(1);
        const title = input.title ?? null;
        const n = await tellSystem(
          log,
          tx,
          systemBody('created', caller.user, { title, users: others, count: others.length }),
        );
        // The line that says how it began is seen by all of the first members, and unread by none of them.
        await addMembers(log, tx, people, { joinedN: n - 1, readN: n });
        return tx.row.pk;
      },
    );
    if (key === undefined) return { conversation: await existing(log, caller, input, id), created: false };
    await tellJoined(log, app, key, users);
    const conversation = await readView(log.db, { app, user: caller.user }, key);
    if (conversation === null) throw new Error('a conversation that was just made is not there');
    return { conversation, created: true };
  };
