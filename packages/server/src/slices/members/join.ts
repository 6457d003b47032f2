import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import { type Log, notFound, place, readView } from '../../log/index.ts';
import { absentees, addMembers, tellJoined } from './roster.ts';

/** Joining a channel writes no line into it: a channel of thousands would consist of them. */
export const join =
  (log: Log): Handler<'members.join'> =>
  async (caller, input) => {
    const { facts } = await place(log, caller, input.conversation);
    if (facts.kind !== 'channel')
      throw new InlayError('forbidden', 'Only channels are joined; ask to be added.');
    const joined = await log.change(facts.key, async (tx) => {
      const users = await absentees(tx, [caller.user]);
      const n = tx.row.last_n;
      await addMembers(
        log,
        tx,
        users.map((user) => ({ user, role: 'member' })),
        { joinedN: n, readN: n },
      );
      return users;
    });
    await tellJoined(log, caller.app.pk, facts.key, joined);
    const conversation = await readView(log.db, { app: caller.app.pk, user: caller.user }, facts.key);
    if (conversation === null) throw notFound();
    return { conversation };
  };
