import type { Attachment } from '@inlay-im/protocol';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { useCalm } from '../hooks/calm.ts';
import { Icon } from '../primitives/icon.tsx';
import { blurOf } from './blur.ts';
import { type Place, useImage } from './source.ts';
import { Still } from './still.tsx';

export interface PictureProps {
  readonly item: Attachment;
  readonly place: Place;
  /** Of its box, in pixels of the page. */
  readonly width: number;
}

/**
 * An image, or the still of a video, filling the element around it: at once blurred, then sharp. What moves stands
 * still for those who asked for that.
 */
export function Picture({ item, place, width }: PictureProps) {
  const { t } = useInlay();
  const calm = useCalm();
  const [moves, setMoves] = useState(false);
  const source = useImage(place, width);
  const { src, failed } = source;
  // What was only chosen here and cannot be drawn is not lost: the node may know how to.
  const lost = source.lost && place.sent;
  const still = item.animated && calm && !moves;
  const blur = blurOf(item.thumbhash);
  return (
    <span
      className={`inlay-image${lost ? ' lost' : ''}`}
      style={blur === undefined ? undefined : { backgroundImage: `url(${blur})` }}
    >
      {src !== undefined &&
        (still ? (
          <Still src={src} onLost={failed} />
        ) : (
          <img key={src} src={src} alt="" draggable={false} decoding="async" onError={failed} />
        ))}
      {lost && (
        <span className="gone">
          <Icon name="photo" />
          {t('media.gone')}
        </span>
      )}
      {item.animated && !lost && (
        <span className="sign">
          {still ? (
            <button type="button" aria-label={t('media.playGif')} onClick={() => setMoves(true)}>
              <Icon name="play" />
              {t('media.gif')}
            </button>
          ) : (
            t('media.gif')
          )}
        </span>
      )}
    </span>
  );
}
