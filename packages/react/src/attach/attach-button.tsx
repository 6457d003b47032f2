import { useRef } from 'react';
import { useInlay } from '../context.ts';
import { RoundButton } from '../primitives/button.tsx';
import { onUse } from '../primitives/later.tsx';

/** Chooses what to send beside text, by an input that is not seen. */
export function AttachButton({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const { t, openMenu, attempt } = useInlay();
  const input = useRef<HTMLInputElement>(null);
  const label = t('attach.label');
  const open = async (at: HTMLElement) => {
    const { waysToChoose } = await onUse(() => import('./choosing.ts'));
    openMenu({ label, at, items: waysToChoose(t, input) });
  };
  return (
    <>
      <RoundButton
        icon="attach"
        label={label}
        aria-haspopup="menu"
        onClick={(event) => void attempt(open(event.currentTarget))}
      />
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => onFiles([...(event.currentTarget.files ?? [])])}
      />
    </>
  );
}
