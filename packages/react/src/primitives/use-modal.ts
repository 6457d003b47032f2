import { type SyntheticEvent, useLayoutEffect, useRef } from 'react';

/** Chromium gives a field the focus back without its caret, and what is typed then goes nowhere. */
function restoreCaret(root: Node): void {
  const field = (root as Document | ShadowRoot).activeElement;
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  const { selectionStart, selectionEnd } = field;
  if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
}

function shut(dialog: HTMLDialogElement): void {
  const root = dialog.getRootNode();
  dialog.close();
  restoreCaret(root);
}

/**
 * A `<dialog>` that is modal for as long as it is rendered: `dialog` are its props, `close` closes it, and so does
 * `beside` as what a press does beside its content.
 *
 * `onClose` is called at once, at Escape, too. The browser tells of a closed dialog only with its next frame, and that
 * would take away again what was opened meanwhile.
 */
export function useModal(onClose: () => void) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = ref;
    if (current?.open === false) current.showModal();
    // A dialog that is taken out of the page while it is open gives the focus back to nobody.
    return () => {
      if (current?.open) shut(current);
    };
  }, []);
  const close = () => {
    if (ref.current === null) return;
    shut(ref.current);
    onClose();
  };
  // React hands on what happens to a dialog within this one, and a field for files has a `cancel` of its own.
  const beside = ({ target }: SyntheticEvent) => {
    if (target === ref.current) close();
  };
  const dialog = {
    ref,
    onCancel: beside,
    onClose: (event: SyntheticEvent) => {
      if (!ref.current?.open) beside(event);
    },
  };
  return { dialog, close, beside };
}
