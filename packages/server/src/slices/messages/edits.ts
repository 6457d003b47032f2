import type { Body } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { seenMessage } from './floor.ts';

export const edits =
  (log: Log): Handler<'messages.edits'> =>
  async (caller, input) => {
    const { key, still } = await seenMessage(log, caller, {
      conversation: input.conversation,
      match: sql`n = ${input.n}`,
    });
    const rows = await log.db
      .selectFrom('message_edits')
      .select(['body', 'at'])
      .where('conversation', '=', key)
      .where('n', '=', input.n)
      .where(still)
      .orderBy('rev')
      .execute();
    return { edits: rows.map((r) => ({ body: r.body as Body, at: r.at.getTime() })) };
  };
