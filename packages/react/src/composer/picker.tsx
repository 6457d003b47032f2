import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useInlay } from '../context.ts';
import { later } from '../primitives/later.tsx';
import type { PickersProps } from './pickers.tsx';
import { type Sending, sendPicked } from './send-picked.ts';
import type { usePicking } from './use-picking.ts';

const Pickers = later(
  async () => (await import('./pickers.tsx')).Pickers,
  <div className="inlay-emoji-picker" aria-busy="true" />,
);

/** How far the picker stays away from its button and from the edges of the page, in pixels. */
const GAP = 8;

interface PopoverProps extends PickersProps {
  /** The button that it belongs to. */
  readonly button: RefObject<HTMLElement | null>;
  /** The person went elsewhere. */
  onLeave(): void;
}

/** Above the field that the button stands in, and never over an edge. */
function place(box: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { top } = (button.parentElement ?? button).getBoundingClientRect();
  const rtl = getComputedStyle(button).direction === 'rtl';
  const left = rtl ? at.right - box.offsetWidth : at.left;
  box.style.left = `${Math.max(GAP, Math.min(left, innerWidth - box.offsetWidth - GAP))}px`;
  box.style.top = `${Math.max(GAP, top - box.offsetHeight - GAP)}px`;
}

/** The picker beside its button. A press elsewhere closes it, and so does a focus that goes elsewhere. */
function PickerPopover({ button, onLeave, ...picking }: PopoverProps) {
  const { t } = useInlay();
  const box = useRef<HTMLDivElement>(null);
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useLayoutEffect(() => {
    box.current?.showPopover?.();
  }, []);
  useLayoutEffect(() => {
    if (box.current && button.current) place(box.current, button.current);
  });
  useEffect(() => {
    const outside = (event: Event) => {
      const path = event.composedPath();
      const inside = [box.current, button.current].some((each) => each !== null && path.includes(each));
      // A menu that was opened from within lies over it.
      const menu = path.some((each) => each instanceof Element && each.matches('.inlay-menu'));
      if (!inside && !menu) leave.current();
    };
    const moved = ({ target }: Event) => {
      const within = target instanceof Node && box.current?.contains(target);
      if (box.current && button.current && !within) place(box.current, button.current);
    };
    addEventListener('pointerdown', outside, true);
    addEventListener('focusin', outside, true);
    addEventListener('resize', moved);
    addEventListener('scroll', moved, true);
    return () => {
      removeEventListener('pointerdown', outside, true);
      removeEventListener('focusin', outside, true);
      removeEventListener('resize', moved);
      removeEventListener('scroll', moved, true);
    };
  }, [button]);
  return (
    <div
      ref={box}
      className="inlay-emoji-popover"
      popover="manual"
      role="dialog"
      aria-label={t('composer.emoji')}
    >
      <Pickers {...picking} />
    </div>
  );
}

/** The picker in the place of a phone's keyboard. */
function PickerPanel(picking: PickersProps) {
  const { t } = useInlay();
  return (
    <section className="picker" aria-label={t('composer.emoji')}>
      <Pickers {...picking} />
    </section>
  );
}

export interface PickerProps {
  readonly picker: ReturnType<typeof usePicking>;
  /** Where stickers and GIFs are sent; absent: only emojis are wanted. */
  readonly sending?: Sending;
}

/** What is picked from beside a field. */
export function Picker({ picker, sending }: PickerProps) {
  const { phone, button, pick, close, leave } = picker;
  const picking = {
    onPick: pick,
    onClose: close,
    ...(sending && { onSend: sendPicked(sending, picker) }),
  };
  return phone ? (
    <PickerPanel {...picking} />
  ) : (
    <PickerPopover button={button} onLeave={leave} {...picking} />
  );
}
