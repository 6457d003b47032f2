import type { ConversationView } from '@inlay-im/client';
import { mayPost } from '@inlay-im/protocol/rules';

/** Why nothing can be written: I may join first, only admins write, or I am no member any more. */
export type Barred = 'join' | 'admins' | 'gone';

/**
 * Whether something keeps me from writing; undefined: nothing does. A direct conversation begins with its first
 * message, so that nobody is in it before; of what is not known yet nothing is said.
 */
export function barredFrom(info: ConversationView | undefined): Barred | undefined {
  if (info === undefined || info.kind === 'direct') return undefined;
  const { kind, posting, self } = info;
  if (self === null) return kind === 'channel' ? 'join' : 'gone';
  return mayPost({ kind, posting, role: self.role }) ? undefined : 'admins';
}
