import type { ConversationHandle, TimelineMessage } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import { EmojiSign } from '../emoji/custom.tsx';

export interface ReactionsProps {
  readonly handle: ConversationHandle;
  readonly message: TimelineMessage;
  /** Opens the list of who reacted. */
  onWho(): void;
}

/** What people reacted with; pressing one joins in or takes mine back, a secondary press says who. */
export function Reactions({ handle, message, onWho }: ReactionsProps) {
  const { t, attempt } = useInlay();
  const { n, mine, reactions } = message;
  if (n === null || reactions.length === 0) return null;
  const toggle = (emoji: string) =>
    void attempt(mine.includes(emoji) ? handle.unreact(n, emoji) : handle.react(n, emoji));
  return (
    <div className="inlay-reactions">
      {reactions.map(({ emoji, count }) => (
        <button
          type="button"
          key={emoji}
          aria-pressed={mine.includes(emoji)}
          aria-label={t('timeline.reaction', { emoji, count })}
          onClick={() => toggle(emoji)}
          onContextMenu={(event) => {
            event.preventDefault();
            event.stopPropagation();
            onWho();
          }}
        >
          <span>
            <EmojiSign emoji={emoji} />
          </span>{' '}
          {count}
        </button>
      ))}
    </div>
  );
}
