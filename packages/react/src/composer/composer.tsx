import { useConversation } from '../hooks/conversations.ts';
import type { ConversationPartProps } from '../parts.ts';
import { BarredBar } from './barred.tsx';
import { barredFrom } from './standing.ts';
import { Writing } from './writing.tsx';

/** Where I write in a conversation, or what keeps me from it. */
export function Composer({ id }: ConversationPartProps) {
  const { handle, info } = useConversation(id);
  const barred = barredFrom(info);
  return barred === undefined ? <Writing id={id} /> : <BarredBar handle={handle} barred={barred} />;
}
