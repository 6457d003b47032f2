import { mayPost } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { forbidden } from '../../log/index.ts';
import { pgArray, roleIn } from '../members/index.ts';
import { edited } from './attach.ts';
import { checkChangeable, checkWindow, lockMessage, tellMessage } from './change-message.ts';
import { sight } from './floor.ts';

export const edit =
  (log: Log): Handler<'messages.edit'> =>
  async (caller, input) => {
    const { facts, floor } = await sight(log, caller, input.conversation);
    const message = await log.change(facts.key, async (tx) => {
      const before = await lockMessage(tx, input.n, floor);
      const role = await roleIn(tx, caller.user);
      if (before.sender !== caller.user || !mayPost({ kind: facts.kind, posting: tx.row.posting, role })) {
        throw forbidden('its sender');
      }
      checkChangeable(before);
      checkWindow(before, tx.at);
      const body = edited(before.body, input.body);
      const rev = tx.nextRev();
      await sql`insert into message_edits (conversation, n, at, rev, body)
      select conversation, n, coalesce(edited_at, at), rev, body from messages
      where conversation = ${facts.key} and n = ${input.n}`.execute(tx.trx);
      const mentions =
        input.mentions === undefined ? sql`mentions` : sql`nullif(${pgArray(input.mentions)}::text[], '{}')`;
      await sql`update messages set body = ${JSON.stringify(body)}::text::json, mentions = ${mentions},
      edited_at = ${tx.at}, rev = ${rev}, changed = true
      where conversation = ${facts.key} and n = ${input.n}`.execute(tx.trx);
      return await tellMessage(log, tx, input.n);
    });
    return { message };
  };
