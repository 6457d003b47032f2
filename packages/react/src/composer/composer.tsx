import type { ConversationPartProps } from '../parts.ts';

export function Composer(_: ConversationPartProps) {
  return null;
}
