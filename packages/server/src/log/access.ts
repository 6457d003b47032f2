import { type Conversation, InlayError, mayRead, type Standing } from '@inlay-im/protocol';
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

export const forbidden = (who: string): InlayError => new InlayError('forbidden', `Only ${who} may do this.`);
