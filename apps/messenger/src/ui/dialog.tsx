/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useAround } from '../hooks.ts';
import { Icon } from './icons.tsx';

/** A modal dialog; the browser keeps the focus in it, gives it back afterwards, and closes it with Escape. */
export function Dialog(props: { title: string; onClose(): void; children: ComponentChildren }) {
  const { t } = useAround();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={props.onClose}>
      <header>
        <h2 id={id}>{props.title}</h2>
        <button
          type="button"
          class="round"
          aria-label={t('app.close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      {props.children}
    </dialog>
  );
}
