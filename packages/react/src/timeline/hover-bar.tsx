import { useInlay } from '../context.ts';
import { RoundButton } from '../primitives/button.tsx';
import type { BarPlace } from './bar-place.ts';

export interface Hovered extends BarPlace {
  readonly key: string;
}

export interface HoverBarProps {
  readonly hovered: Hovered;
  readonly reply: (() => void) | undefined;
  readonly react: ((at: Element) => void) | undefined;
  more(at: Element): void;
}

/** What can be done with the message under the pointer. There is one for all rows, so that rows stay light. */
export function HoverBar({ hovered, reply, react, more }: HoverBarProps) {
  const { t } = useInlay();
  return (
    <div
      className="inlay-hover-bar"
      role="toolbar"
      aria-label={t('action.bar')}
      data-side={hovered.side}
      style={{ top: hovered.top, left: hovered.left }}
    >
      {react && (
        <RoundButton
          icon="smile"
          label={t('action.addReaction')}
          onClick={(event) => react(event.currentTarget)}
        />
      )}
      {reply && <RoundButton icon="reply" label={t('action.reply')} onClick={reply} />}
      <RoundButton
        icon="more"
        label={t('action.label')}
        aria-haspopup="menu"
        onClick={(event) => more(event.currentTarget)}
      />
    </div>
  );
}
