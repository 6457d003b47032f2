import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import { type Log, mineOf, toMessage } from '../../log/index.ts';
import { seenMessage } from './floor.ts';

export const get =
  (log: Log): Handler<'messages.get'> =>
  async (caller, input) => {
    const match = input.n === undefined ? sql`id = ${input.id}::uuid` : sql`n = ${input.n}`;
    const { facts, key, row } = await seenMessage(log, caller, { conversation: input.conversation, match });
    const [mine] = await mineOf(log.db, { app: caller.app.pk, user: caller.user, key }, [row]);
    return { message: toMessage(facts.id, row), mine: mine ?? { n: row.n, emojis: [], played: false } };
  };
