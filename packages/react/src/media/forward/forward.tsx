import type { TimelineMessage } from '@inlay-im/client';
import type { Kit } from '../../context.ts';
import { type Navigation, NavigationContext } from '../../navigation.ts';
import { later } from '../../primitives/later.tsx';

const ForwardDialog = later(async () => (await import('./forward-dialog.tsx')).ForwardDialog);

/** Whether a message can be sent on: it was sent, and someone said something with it. */
export const mayForward = ({ n, body }: TimelineMessage): boolean =>
  n !== null && body !== null && body.kind !== 'system';

/** Asks to whom messages are sent on, and sends them. */
export function forward(kit: Kit, navigation: Navigation, messages: readonly TimelineMessage[]): void {
  kit.present((close) => (
    <NavigationContext.Provider value={navigation}>
      <ForwardDialog messages={messages} onClose={close} />
    </NavigationContext.Provider>
  ));
}
