import { customEmoji, InlayError, LIMITS, mayPost, type Reaction } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { UserCaller } from '../../core/caller.ts';
import { type ChangeTx, conversationTopic, forbidden, type Log } from '../../log/index.ts';
import { isEmoji } from '../emoji/index.ts';
import { roleIn } from '../members/index.ts';
import { checkChangeable, lockMessage, sight } from '../messages/index.ts';

interface Reacting {
  conversation: string;
  n: number;
  emoji: string;
}

/** The counts with one more or one less; an emoji keeps its place while anyone uses it. */
function count(reactions: readonly Reaction[], emoji: string, by: 1 | -1): Reaction[] {
  const known = reactions.some((r) => r.emoji === emoji);
  const all = known ? reactions : [...reactions, { emoji, count: 0 }];
  return all.map((r) => (r.emoji === emoji ? { emoji, count: r.count + by } : r)).filter((r) => r.count > 0);
}

async function mine(tx: ChangeTx, user: string, n: number): Promise<string[]> {
  const rows = await tx.trx
    .selectFrom('reactions')
    .select('emoji')
    .where('conversation', '=', tx.row.pk)
    .where('n', '=', n)
    .where('user_id', '=', user)
    .execute();
  return rows.map((r) => r.emoji);
}

function checkBounds(all: readonly Reaction[], own: readonly string[], emoji: string): void {
  if (own.length >= LIMITS.reactionsPerUser) {
    throw new InlayError(
      'limit_reached',
      `At most ${LIMITS.reactionsPerUser} reactions a person to one message.`,
      { field: 'emoji' },
    );
  }
  if (!all.some((r) => r.emoji === emoji) && all.length >= LIMITS.reactionsPerMessage) {
    throw new InlayError(
      'limit_reached',
      `At most ${LIMITS.reactionsPerMessage} different reactions to one message.`,
      { field: 'emoji' },
    );
  }
}

/** The app's own emoji are only those that it has; those that it had may be taken back. */
async function checkKnown(tx: ChangeTx, app: number, emoji: string): Promise<void> {
  const name = customEmoji(emoji);
  if (name === undefined || (await isEmoji(tx.trx, app, name))) return;
  throw new InlayError(
    'invalid_input',
    `The app has no emoji ${emoji}; emoji.list tells those that it has.`,
    {
      field: 'emoji',
    },
  );
}

async function write(tx: ChangeTx, user: string, r: Reacting & { on: boolean }): Promise<void> {
  const key = { conversation: tx.row.pk, n: r.n, user_id: user, emoji: r.emoji };
  if (r.on)
    await tx.trx
      .insertInto('reactions')
      .values({ ...key, at: tx.at })
      .execute();
  else {
    await tx.trx
      .deleteFrom('reactions')
      .where((eb) => eb.and(key))
      .execute();
  }
}

/** Adds or removes one reaction of the caller; what is so already changes nothing and is not told. */
export async function react(
  log: Log,
  caller: UserCaller,
  r: Reacting & { on: boolean },
): Promise<Reaction[]> {
  const { facts, floor } = await sight(log, caller, r.conversation);
  return await log.change(facts.key, async (tx) => {
    const role = await roleIn(tx, caller.user);
    // Reacting is open to every member, also where only admins post.
    if (!mayPost({ kind: facts.kind, posting: 'everyone', role })) throw forbidden('members');
    const message = await lockMessage(tx, r.n, floor);
    checkChangeable(message);
    const before = message.reactions ?? [];
    const own = await mine(tx, caller.user, r.n);
    if (own.includes(r.emoji) === r.on) return before;
    if (r.on) {
      await checkKnown(tx, caller.app.pk, r.emoji);
      checkBounds(before, own, r.emoji);
    }
    await write(tx, caller.user, r);
    const reactions = count(before, r.emoji, r.on ? 1 : -1);
    const rev = tx.nextRev();
    await sql`update messages set reactions = ${JSON.stringify(reactions)}::text::json, rev = ${rev}, changed = true
      where conversation = ${facts.key} and n = ${r.n}`.execute(tx.trx);
    const { n, emoji, on } = r;
    tx.after(() => {
      log.fanout.publish(conversationTopic(facts.key), 'reaction.changed', {
        conversation: facts.id,
        rev,
        n,
        user: caller.user,
        emoji,
        on,
        reactions,
      });
    });
    return reactions;
  });
}
