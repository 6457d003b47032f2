import type { ConversationHandle, ConversationView, TimelineMessage } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import { useSelect } from '../hooks/select.ts';
import { Icon } from '../primitives/icon.tsx';

type Stage = 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

function stageOf({ n, state }: TimelineMessage, info: ConversationView | undefined): Stage {
  if (n === null) return state === 'failed' ? 'failed' : 'sending';
  const { readN = 0, deliveredN = 0 } = info?.others ?? {};
  return n <= readN ? 'read' : n <= deliveredN ? 'delivered' : 'sent';
}

const ICONS: Record<Stage, string> = {
  sending: 'clock',
  failed: 'alert',
  sent: 'check',
  delivered: 'checks',
  read: 'checks',
};

/** How far a message of mine has come: the furthest of the others counts. */
export function Ticks({ handle, message }: { handle: ConversationHandle; message: TimelineMessage }) {
  const { t } = useInlay();
  const stage = useSelect(handle.info, (info) => stageOf(message, info));
  return (
    <span
      className={`inlay-ticks ${stage}`}
      role="img"
      aria-label={stage === 'failed' ? t('timeline.notSent') : t(`timeline.${stage}`)}
    >
      <Icon name={ICONS[stage]} />
    </span>
  );
}
