import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import { type Log, memberPlace, userTopic } from '../../log/index.ts';
import { bumpUserRevs } from '../members/index.ts';

/** Deletes for me: the message stays for everyone else, and the caller's devices leave it out. */
export const deleteForMe =
  (log: Log): Handler<'messages.delete'> =>
  async (caller, input) => {
    const { facts } = await memberPlace(log, caller, input.conversation);
    const app = caller.app.pk;
    const wanted = [...new Set(input.numbers)].sort((a, b) => a - b);
    const done = await log.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ n: number }>`
      insert into message_deletions (app, user_id, conversation, n)
      select ${app}, ${caller.user}, m.conversation, m.n from messages m
      where m.conversation = ${facts.key} and m.n = any(${`{${wanted.join(',')}}`}::int[])
      on conflict do nothing returning n`.execute(trx);
      if (rows.length === 0) return null;
      const userRev = (await bumpUserRevs(trx, app, [caller.user])).get(caller.user) ?? 0;
      return { userRev, numbers: rows.map((r) => r.n).sort((a, b) => a - b) };
    });
    if (done !== null) {
      log.fanout.publish(userTopic(app, caller.user), 'message.deleted', { conversation: facts.id, ...done });
    }
    return {};
  };
