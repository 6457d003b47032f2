import type { ConversationView } from '@inlay-im/client';

export const isMuted = (conversation: ConversationView, now = Date.now()): boolean =>
  conversation.self?.mutedUntil != null && conversation.self.mutedUntil > now;
