import type { ConversationPartProps } from '../parts.ts';

export function ConversationDetails(_: ConversationPartProps) {
  return null;
}
