import { mayRecall } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Jobs } from '../../core/jobs.ts';
import { type ChangeTx, forbidden } from '../../log/index.ts';
import { askToSweep } from '../files/index.ts';
import { roleIn } from '../members/index.ts';
import { checkChangeable, checkWindow, lockMessage, tellMessage } from './change-message.ts';
import { sight } from './floor.ts';
import type { MessagesDeps } from './index.ts';

/** Takes a message's files from it; those that nothing else has go once this is committed. */
async function letGo(tx: ChangeTx, jobs: Jobs, { app, n }: { app: number; n: number }): Promise<void> {
  const rows = await tx.trx
    .deleteFrom('message_files')
    .where('conversation', '=', tx.row.pk)
    .where('n', '=', n)
    .returning('file')
    .execute();
  const files = [...new Set(rows.map(({ file }) => file))];
  if (files.length > 0) await askToSweep(jobs, tx.trx, { app, files });
}

/**
 * Takes a message back for everyone. Body, edits, reactions, mentions, fingerprint and files are removed, the row
 * and its number stay: a later retry of the send finds its place and brings nothing back.
 */
export const recall =
  ({ log, jobs }: MessagesDeps): Handler<'messages.recall'> =>
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
      await letGo(tx, jobs, { app: caller.app.pk, n: input.n });
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
