import { type KeyboardEvent, useRef, useState } from 'react';
import { useInlay } from '../context.ts';

/** A hand in each tone of skin, and in none. */
const HANDS = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'] as const;
const NAMES = [
  'emoji.tone0',
  'emoji.tone1',
  'emoji.tone2',
  'emoji.tone3',
  'emoji.tone4',
  'emoji.tone5',
] as const;

/** The tone of skin that is chosen, and the choice of another. */
export function Tones({ tone, onTone }: { tone: number; onTone(tone: number): void }) {
  const { t } = useInlay();
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    toggle.current?.focus();
  };
  const key = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    const all = [...event.currentTarget.querySelectorAll('button')];
    const root = event.currentTarget.getRootNode() as Document | ShadowRoot;
    const at = all.indexOf(root.activeElement as HTMLButtonElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (step !== undefined) all[(at + step + all.length) % all.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="tones">
      <button
        ref={toggle}
        type="button"
        className="inlay-round"
        aria-expanded={open}
        aria-label={t('emoji.tone', { tone: t(NAMES[tone] ?? 'emoji.tone0') })}
        title={t('emoji.tones')}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">{HANDS[tone]}</span>
      </button>
      {open && (
        <fieldset aria-label={t('emoji.tones')} onKeyDown={key}>
          {HANDS.map((hand, i) => (
            <button
              type="button"
              key={hand}
              // biome-ignore lint/a11y/noAutofocus: the choice was asked for by the button before it.
              autoFocus={i === tone}
              aria-pressed={i === tone}
              aria-label={t(NAMES[i] ?? 'emoji.tone0')}
              onClick={() => {
                onTone(i);
                close();
              }}
            >
              {hand}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
