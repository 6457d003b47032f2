import type { ConversationView } from '@inlay-im/client';
import type { Standing } from '@inlay-im/protocol/rules';

/** What my permissions in a conversation depend on. */
export const standingOf = ({ kind, posting, self }: ConversationView): Standing => ({
  kind,
  posting,
  role: self?.role ?? null,
});
