import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useInlay } from '../context.ts';
import { RoundButton } from './button.tsx';

export interface DialogProps {
  readonly title: string;
  /** A class for looks of its own. */
  readonly look?: string;
  onClose(): void;
  readonly children: ReactNode;
}

/** Chromium gives a field the focus back without its caret, and what is typed then goes nowhere. */
function restoreCaret(root: Node): void {
  const field = (root as Document | ShadowRoot).activeElement;
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  const { selectionStart, selectionEnd } = field;
  if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
}

/** A modal dialog; the browser keeps the focus in it, gives it back afterwards, and closes it with Escape. */
export function Dialog({ title, look = '', onClose, children }: DialogProps) {
  const { t } = useInlay();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const { current } = dialog;
    if (current?.open === false) current.showModal();
    // A dialog that is taken out of the page while it is open gives the focus back to nobody.
    return () => {
      if (current?.open !== true) return;
      const root = current.getRootNode();
      current.close();
      restoreCaret(root);
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does with the keyboard what a press beside the dialog does.
    <dialog
      ref={dialog}
      className={`inlay-dialog ${look}`}
      aria-labelledby={id}
      onClose={(event) => {
        if (dialog.current?.open === true) return;
        restoreCaret(event.currentTarget.getRootNode());
        onClose();
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
