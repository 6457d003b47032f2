import { LIMITS } from '../limits.ts';

const USER_ID = /^[\w.:@|+=~-]+$/;
const CONVERSATION_ID = /^[\w.:@|+=~,-]+$/;
const DIRECT = 'direct:';

/** A user id is the host app's own string: 1 to 64 characters of `A–Z a–z 0–9 _ . : @ | + = ~ -`. */
export const isUserId = (s: string): boolean => s.length <= LIMITS.userId && USER_ID.test(s);

/** A conversation id: 1 to 160 characters, those of user ids and the comma. */
export const isConversationId = (s: string): boolean =>
  s.length <= LIMITS.conversationId && CONVERSATION_ID.test(s);

/** Whether an id is of the form that only direct conversations have. */
export const isDirectId = (id: string): boolean => id.startsWith(DIRECT);

/**
 * The id of the one direct conversation of two people, the same whichever side asks, so that a client can write to
 * someone before the conversation exists. A direct conversation with oneself is a place for notes.
 */
export function directId(a: string, b: string): string {
  return a < b ? `${DIRECT}${a},${b}` : `${DIRECT}${b},${a}`;
}

/** The two people of a direct id in their order, or undefined where the id is not of the canonical form. */
export function directPeople(id: string): [string, string] | undefined {
  if (!isDirectId(id)) return undefined;
  const [a, b, more] = id.slice(DIRECT.length).split(',');
  if (a === undefined || b === undefined || more !== undefined) return undefined;
  return isUserId(a) && isUserId(b) && directId(a, b) === id ? [a, b] : undefined;
}
