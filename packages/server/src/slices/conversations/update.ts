import { type Input, mayManage } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import { defined } from '../../core/defined.ts';
import type { Handler } from '../../core/handler.ts';
import {
  type ChangeTx,
  type ConversationRow,
  conversationTopic,
  forbidden,
  type Log,
  mayStillRead,
  memberPlace,
  notFound,
  readView,
  toInfo,
} from '../../log/index.ts';
import { changeAvatar } from '../files/index.ts';
import { roleIn, systemBody, tellSystem } from '../members/index.ts';
import { json } from './found.ts';
import type { ConversationsDeps } from './index.ts';

/** The change that people are told in the conversation itself; none for data that only the host app understands. */
async function tellChange(
  log: Log,
  tx: ChangeTx,
  actor: string,
  input: Input<'conversations.update'>,
): Promise<void> {
  const { row } = tx;
  if (input.title !== undefined && input.title !== row.title) {
    await tellSystem(log, tx, systemBody('titleChanged', actor, { title: input.title }));
  }
  if (input.avatar !== undefined && input.avatar !== row.avatar) {
    await tellSystem(log, tx, systemBody('avatarChanged', actor));
  }
  const history = input.history !== undefined && input.history !== row.history;
  const posting = input.posting !== undefined && input.posting !== row.posting;
  if (history || posting) await tellSystem(log, tx, systemBody('settingsChanged', actor));
}

async function check(tx: ChangeTx, caller: UserCaller): Promise<void> {
  const role = await roleIn(tx, caller.user);
  if (!mayManage({ kind: tx.row.kind, posting: tx.row.posting, role }))
    throw forbidden('admins and the owner');
}

export const update =
  ({ log, jobs }: ConversationsDeps): Handler<'conversations.update'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    const { conversation: _, custom, ...plain } = input;
    await log.change(facts.key, async (tx) => {
      await check(tx, caller);
      const set = { ...defined(plain), ...(custom === undefined ? {} : { custom: json(custom) }) };
      if (Object.keys(set).length === 0) return;
      const picture = { owner: caller.user, before: tx.row.avatar, after: input.avatar };
      await changeAvatar(tx.trx, jobs, { app: caller.app.pk, ...picture });
      const rev = tx.nextRev();
      const row = await tx.trx
        .updateTable('conversations')
        .set(set as never)
        .where('pk', '=', facts.key)
        .returningAll()
        .executeTakeFirstOrThrow();
      tx.after(() => {
        log.forget(facts.key);
        const info = toInfo(row as ConversationRow);
        log.fanout.publish(conversationTopic(facts.key), 'conversation.changed', {
          conversation: facts.id,
          rev,
          info,
        });
      });
      await tellChange(log, tx, caller.user, input);
    });
    const conversation = await readView(log.db, { app: caller.app.pk, user: caller.user }, facts.key);
    if (conversation === null || !mayStillRead(conversation)) throw notFound();
    return { conversation };
  };
