import { useInlay } from '../context.ts';
import { workbenchOf } from '../conversation/workbench.ts';
import { useNavigation } from '../navigation.ts';

/** Gives the way to a message: what lies beside the conversation stays open, what lies over it gives way. */
export function useJump(): (conversation: string, n: number, from: Element) => void {
  const { client } = useInlay();
  const { open } = useNavigation();
  return (conversation, n, from) => {
    const root = from.getRootNode() as Document | ShadowRoot;
    const shown = [...root.querySelectorAll('.inlay-timeline')].some(
      (one) => one.getClientRects().length > 0,
    );
    if (shown) workbenchOf(client.conversation(conversation)).jumpTo(n);
    else open(conversation, n);
  };
}
