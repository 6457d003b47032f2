import { mayRecall } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { forbidden } from '../../log/index.ts';
import { roleIn } from '../members/index.ts';
import { checkChangeable, checkWindow, lockMessage, tellMessage } from './change-message.ts';
import { sight } from './floor.ts';

/**
 * Takes a message back for everyone. Body, edits, reactions, mentions and fingerprint are removed, the row and its
 * number stay: a later retry of the send finds its place and brings nothing back.
 */
export const recall =
  (log: Log): Handler<'messages.recall'> =>
  async (caller, input) => {
    const { facts, floor } = await sight(log, caller, input.conversation);
    const message = await log.change(facts.key, async (tx) => {
      const before = await lockMessage(tx, input.n, floor);
      const role = await roleIn(tx, caller.user);
      const own = before.sender === caller.user;
      if (role === null || !mayRecall({ kind: facts.kind, posting: tx.row.posting, role }, own)) {
        throw forbidden('its sender, an admin or the owner');
      }
      checkChangeable(before);
      // Who manages the conversation may take a message back at any time.
      if (own && !mayRecall({ kind: facts.kind, posting: tx.row.posting, role }, false))
        checkWindow(before, tx.at);
      const rev = tx.nextRev();
      const at = { conversation: facts.key, n: input.n };
      for (const table of ['message_edits', 'reactions'] as const) {
        await tx.trx
          .deleteFrom(table)
          .where('conversation', '=', at.conversation)
          .where('n', '=', at.n)
          .execute();
      }
      await sql`update messages set body = null, fingerprint = null, mentions = null, reactions = null,
      recalled_at = ${tx.at}, recalled_by = ${caller.user}, rev = ${rev}, changed = true
      where conversation = ${at.conversation} and n = ${at.n}`.execute(tx.trx);
      return await tellMessage(log, tx, input.n);
    });
    return { message };
  };
