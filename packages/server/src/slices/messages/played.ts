import { InlayError } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import { isPlayable, type Log, seenBy, userTopic } from '../../log/index.ts';
import { bumpUserRevs } from '../members/index.ts';
import { messageNotFound, seenMessage } from './floor.ts';

/** Notes that the caller played a message; their devices are told, and nobody else. */
export const played =
  (log: Log): Handler<'messages.played'> =>
  async (caller, { conversation, n }) => {
    const seen = await seenMessage(log, caller, { conversation, match: sql`n = ${n}` });
    if (seen.row.body === null) throw messageNotFound();
    if (!isPlayable(seen.row)) {
      throw new InlayError('invalid_input', 'Expected a message with voice or video.', { field: 'n' });
    }
    const [app, { user }] = [caller.app.pk, caller];
    const userRev = await log.db.transaction().execute(async (trx) => {
      const { rows } = await sql`
        insert into message_plays (app, user_id, conversation, n)
        select ${app}, ${user}, conversation, n from messages
        where ${seenBy(caller, seen)} and n = ${n} and recalled_at is null
        on conflict do nothing returning n`.execute(trx);
      if (rows.length === 0) return null;
      return (await bumpUserRevs(trx, app, [user])).get(user) ?? 0;
    });
    if (userRev !== null) {
      const data = { conversation: seen.facts.id, userRev, numbers: [n] };
      log.fanout.publish(userTopic(app, user), 'message.played', data);
    }
    return {};
  };
