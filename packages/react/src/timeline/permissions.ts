import type { ConversationView, TimelineMessage } from '@inlay-im/client';
import { LIMITS, mayPost, mayRecall } from '@inlay-im/protocol/rules';
import { mayEdit } from '../hooks/composer.ts';

export interface Permissions {
  readonly reply: boolean;
  readonly react: boolean;
  readonly edit: boolean;
  readonly recall: boolean;
  readonly delete: boolean;
}

const NOTHING: Permissions = { reply: false, react: false, edit: false, recall: false, delete: false };

/** What I may do with a message now; the node decides again. */
export function permissionsOf(
  message: TimelineMessage,
  info: ConversationView | undefined,
  me: string,
): Permissions {
  const { body, n } = message;
  if (info === undefined || n === null) return NOTHING;
  const own = message.sender === me;
  const standing = { kind: info.kind, posting: info.posting, role: info.self?.role ?? null };
  const alive = body !== null && body.kind !== 'system';
  const inTime = Date.now() - message.at < LIMITS.editWindow;
  return {
    reply: alive && mayPost(standing),
    react: alive && info.self !== null,
    edit: mayPost(standing) && mayEdit(message, me),
    recall: alive && mayRecall(standing, own) && (inTime || !own),
    delete: info.self !== null,
  };
}
