import type { ConversationHandle } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import { type Target, workbenchOf } from '../conversation/workbench.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { useQuoted } from '../timeline/quote.tsx';

export interface TargetBarProps {
  /** Of the part that says what is answered or edited. */
  readonly id: string;
  readonly handle: ConversationHandle;
  readonly target: Target;
  onCancel(): void;
}

/** The message that is answered or edited: a press goes to it. */
export function TargetBar({ id, handle, target, onCancel }: TargetBarProps) {
  const { t } = useInlay();
  const { name, text } = useQuoted(handle, target.n);
  const editing = target.to === 'edit';
  return (
    <div className="target">
      <Icon name={editing ? 'pencil' : 'reply'} />
      <button type="button" id={id} className="quoted" onClick={() => workbenchOf(handle).jumpTo(target.n)}>
        <strong>{editing ? t('composer.editing') : t('composer.replyTo', { name })}</strong>
        <span dir="auto">{text}</span>
      </button>
      <RoundButton icon="close" label={t('app.cancel')} onClick={onCancel} />
    </div>
  );
}
