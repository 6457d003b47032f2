import type { Gif } from '@inlay-im/protocol';
import { memo, useState } from 'react';
import { useInlay } from '../context.ts';
import { useCalm } from '../hooks/calm.ts';
import { Still } from '../media/still.tsx';

export interface GifCellProps {
  readonly gif: Gif;
  readonly index: number;
  /** Pixels, as it is shown. */
  readonly width: number;
  /** Whether Tab leads to it. */
  readonly isStop: boolean;
  /** It was chosen and is on its way. */
  readonly isTaken: boolean;
}

/** One GIF of a search. For those who asked for less motion it moves while they point at it. */
export const GifCell = memo(function GifCell({ gif, index, width, isStop, isTaken }: GifCellProps) {
  const { client, t } = useInlay();
  const calm = useCalm();
  const [regarded, setRegarded] = useState(false);
  const [lost, setLost] = useState(false);
  const src = client.resolve(gif.preview);
  const label = gif.title || t('gif.untitled');
  const gone = () => setLost(true);
  return (
    <button
      type="button"
      data-index={index}
      tabIndex={isStop ? 0 : -1}
      aria-label={label}
      aria-busy={isTaken}
      title={gif.title}
      style={{ width }}
      onPointerEnter={() => setRegarded(true)}
      onPointerLeave={() => setRegarded(false)}
      onFocus={() => setRegarded(true)}
      onBlur={() => setRegarded(false)}
    >
      {lost ? (
        <span className="lost" dir="auto">
          {label}
        </span>
      ) : calm && !regarded ? (
        <Still src={src} onLost={gone} />
      ) : (
        <img src={src} alt="" loading="lazy" decoding="async" draggable={false} onError={gone} />
      )}
    </button>
  );
});
