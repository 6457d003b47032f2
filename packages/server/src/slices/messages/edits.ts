import type { Body } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import type { Log } from '../../log/index.ts';
import { readMessage } from '../../log/index.ts';
import { messageNotFound, sight } from './floor.ts';

export const edits =
  (log: Log): Handler<'messages.edits'> =>
  async (caller, input) => {
    const { facts, floor, still } = await sight(log, caller, input.conversation);
    const row = await readMessage(log.db, caller, {
      key: facts.key,
      floor,
      still,
      match: sql`n = ${input.n}`,
    });
    if (row === undefined) throw messageNotFound();
    const rows = await log.db
      .selectFrom('message_edits')
      .select(['body', 'at'])
      .where('conversation', '=', facts.key)
      .where('n', '=', input.n)
      .where(still)
      .orderBy('rev')
      .execute();
    return { edits: rows.map((r) => ({ body: r.body as Body, at: r.at.getTime() })) };
  };
