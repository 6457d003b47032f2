import type { SharedKind } from '@inlay-im/protocol';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useInlay } from '../../context.ts';
import { SharedPage } from './page.tsx';

const KINDS = ['media', 'voice', 'file', 'link'] as const satisfies readonly SharedKind[];

/** The tab that a key leads to (ARIA APG, tabs). */
function tabAfter(key: string, at: number, rtl: boolean): number | undefined {
  const forward = rtl ? 'ArrowLeft' : 'ArrowRight';
  const last = KINDS.length - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === forward) return at === last ? 0 : at + 1;
  return key === 'ArrowRight' || key === 'ArrowLeft' ? (at === 0 ? last : at - 1) : undefined;
}

/** What was shared in a conversation: images and videos, voice messages, files, links. */
export function SharedPages({ conversation }: { conversation: string }) {
  const { t } = useInlay();
  const id = useId();
  const [kind, setKind] = useState<SharedKind>('media');
  const box = useRef<HTMLDivElement>(null);
  const key = (event: KeyboardEvent<HTMLElement>) => {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const next = tabAfter(event.key, KINDS.indexOf(kind), rtl);
    const wanted = next === undefined ? undefined : KINDS[next];
    if (wanted === undefined || next === undefined) return;
    event.preventDefault();
    setKind(wanted);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div className="inlay-shared">
      <div
        className="inlay-segments"
        role="tablist"
        tabIndex={-1}
        aria-label={t('shared.kinds')}
        onKeyDown={key}
      >
        {KINDS.map((one) => (
          <button
            type="button"
            key={one}
            id={`${id}-${one}`}
            role="tab"
            aria-selected={one === kind}
            aria-controls={`${id}-panel`}
            tabIndex={one === kind ? 0 : -1}
            onClick={() => setKind(one)}
          >
            {t(`shared.${one}`)}
          </button>
        ))}
      </div>
      <div
        key={kind}
        ref={box}
        className="panel"
        id={`${id}-panel`}
        role="tabpanel"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        tabIndex={0}
        aria-labelledby={`${id}-${kind}`}
      >
        <SharedPage conversation={conversation} kind={kind} box={box} />
      </div>
    </div>
  );
}
