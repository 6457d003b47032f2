import { sql } from 'kysely';
import type { Handler } from '../../core/handler.ts';
import { type Log, myReactions, readMessage, toMessage } from '../../log/index.ts';
import { messageNotFound, sight } from './floor.ts';

export const get =
  (log: Log): Handler<'messages.get'> =>
  async (caller, input) => {
    const { facts, floor, still } = await sight(log, caller, input.conversation);
    const match = input.n === undefined ? sql`id = ${input.id}::uuid` : sql`n = ${input.n}`;
    const row = await readMessage(log.db, caller, { key: facts.key, floor, still, match });
    if (row === undefined) throw messageNotFound();
    const [mine] = await myReactions(log.db, { key: facts.key, user: caller.user }, [row]);
    return { message: toMessage(facts.id, row), mine: mine?.emojis ?? [] };
  };
