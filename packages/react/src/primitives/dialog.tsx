import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useInlay } from '../context.ts';
import { RoundButton } from './button.tsx';

export interface DialogProps {
  readonly title: string;
  onClose(): void;
  readonly children: ReactNode;
}

/** A modal dialog; the browser keeps the focus in it, gives it back afterwards, and closes it with Escape. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const { t } = useInlay();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const { current } = dialog;
    if (current?.open === false) current.showModal();
    // A dialog that is taken out of the page while it is open gives the focus back to nobody.
    return () => current?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does with the keyboard what a press beside the dialog does.
    <dialog
      ref={dialog}
      className="inlay-dialog"
      aria-labelledby={id}
      onClose={() => {
        if (dialog.current?.open !== true) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <RoundButton icon="close" label={t('app.close')} onClick={() => dialog.current?.close()} />
      </header>
      <div className="body">{children}</div>
    </dialog>
  );
}
