import { type Conversation, InlayError, mayRead, type Standing } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { UserCaller } from '../core/caller.ts';
import type { ConversationFacts, Directory } from './directory.ts';

/** A conversation and how the caller stands in it. */
export interface Place {
  facts: ConversationFacts;
  standing: Standing;
}

/** The same words whether it does not exist, belongs to another app, or is not the caller's to see. */
export const notFound = (): InlayError =>
  new InlayError('not_found', 'There is no such conversation, or you are not in it.', {
    field: 'conversation',
  });

/** The conversation, if the caller may read it; else `not_found`. */
export async function place(
  { directory }: { directory: Directory },
  caller: UserCaller,
  id: string,
): Promise<Place> {
  const facts = await directory.find(caller.app.pk, id);
  if (facts === null) throw notFound();
  const standing = await directory.standing(facts, caller.user);
  if (!mayRead(standing)) throw notFound();
  return { facts, standing };
}

/** The conversation, if the caller is a member; else `not_found`. */
export async function memberPlace(
  { directory }: { directory: Directory },
  caller: UserCaller,
  id: string,
): Promise<Place> {
  const found = await place({ directory }, caller, id);
  if (found.standing.role === null) {
    throw new InlayError('forbidden', 'Only members may do this; join the channel first.', {
      field: 'conversation',
    });
  }
  return found;
}

/**
 * Whether a view, read after the directory was asked, still shows what its viewer may see: who left in between is no
 * member in it.
 */
export const mayStillRead = (view: Conversation): boolean => view.self !== null || view.kind === 'channel';

/**
 * True while the caller is in by the joining they were let in by. As part of the very statement that reads, it leaves
 * no gap between the check and the read: who was removed in between, even if added again, gets nothing. (L9)
 */
export function stillIn(
  caller: UserCaller,
  { key, kind }: Pick<ConversationFacts, 'key' | 'kind'>,
  joinedN?: number,
): RawBuilder<boolean> {
  if (kind === 'channel') return sql<boolean>`true`;
  const joining = joinedN === undefined ? sql`true` : sql`own.joined_n = ${joinedN}`;
  return sql<boolean>`exists (select from members own where own.conversation = ${key}
    and own.user_id = ${caller.user} and own.left_at is null and ${joining})`;
}

export const forbidden = (who: string): InlayError => new InlayError('forbidden', `Only ${who} may do this.`);
