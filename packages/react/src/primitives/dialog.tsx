import { type ReactNode, useId } from 'react';
import { useInlay } from '../context.ts';
import { RoundButton } from './button.tsx';
import { useModal } from './use-modal.ts';

export interface DialogProps {
  readonly title: string;
  /** A class for looks of its own. */
  readonly look?: string;
  onClose(): void;
  readonly children: ReactNode;
}

/** A modal dialog; the browser keeps the focus in it, gives it back afterwards, and closes it with Escape. */
export function Dialog({ title, look = '', onClose, children }: DialogProps) {
  const { t } = useInlay();
  const { dialog, close, beside } = useModal(onClose);
  const id = useId();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does with the keyboard what a press beside the dialog does.
    <dialog {...dialog} className={`inlay-dialog ${look}`} aria-labelledby={id} onClick={beside}>
      <header>
        <h2 id={id}>{title}</h2>
        <RoundButton icon="close" label={t('app.close')} onClick={close} />
      </header>
      <div className="body">{children}</div>
    </dialog>
  );
}
