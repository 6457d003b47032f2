import type { Replacement } from './token.ts';

/**
 * Puts a text in the place of a part of a field as if it were typed there: the field's own undo takes it back, and
 * whoever listens to its input hears of it. A field without the focus does not get it, as that would open the keyboard
 * of a phone; what is put there cannot be undone by key.
 */
export function typeInto(field: HTMLTextAreaElement, { start, end, text }: Replacement): void {
  const root = field.getRootNode() as Document | ShadowRoot;
  if (root.activeElement === field) {
    field.setSelectionRange(start, end);
    // Deprecated, and the only way to write into a field that its undo knows of.
    if (field.ownerDocument.execCommand('insertText', false, text)) return;
  }
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

/** Puts a text where the caret is, in the place of what is selected. */
export const typeAtCaret = (field: HTMLTextAreaElement, text: string): void =>
  typeInto(field, { start: field.selectionStart, end: field.selectionEnd, text });
