import { type RefObject, useRef, useState } from 'react';
import { COARSE, useMedia } from '../hooks/media.ts';
import { typeAtCaret } from './insert.ts';

/** A phone, where the picker takes the keyboard's place. */
const PHONE = `${COARSE} and (max-width: 40em)`;

/** The emoji picker: whether it is open, what closes it, and what puts an emoji into the field. */
export function usePicking(field: RefObject<HTMLTextAreaElement | null>) {
  const coarse = useMedia(COARSE);
  const phone = useMedia(PHONE);
  const [picking, setPicking] = useState(false);
  const button = useRef<HTMLButtonElement | null>(null);
  const close = () => {
    setPicking(false);
    if (!coarse) field.current?.focus({ preventScroll: true });
  };
  const pick = (chosen: string, stay: boolean) => {
    const { current } = field;
    if (current === null) return;
    if (!coarse && !stay) close();
    typeAtCaret(current, chosen);
  };
  const toggle = (pressed: HTMLButtonElement) => {
    button.current = pressed;
    setPicking(!picking);
  };
  return { picking, phone, coarse, button, close, pick, toggle, leave: () => setPicking(false) };
}
