import type { CSSProperties } from 'react';
import { useInlay } from '../../context.ts';
import { Button } from '../../primitives/button.tsx';
import { Icon } from '../../primitives/icon.tsx';
import { itemLabel } from '../../text/media.ts';
import { blurOf } from '../blur.ts';
import { ratioOf } from '../boxes.ts';
import { useImage } from '../source.ts';
import { Video } from '../video.tsx';
import type { Shown } from './items.ts';
import { type Area, fitted, type View } from './zoom.ts';

/** What an image is taken for that was never measured. */
const UNMEASURED = 1000;

/** An image as large as it fits, turned by quarters. */
export function pictureIn({ item }: Shown, area: Area, quarters: number): Area {
  const { width, height } = item;
  const measured = width !== null && height !== null;
  const sides = measured ? { width, height } : { width: UNMEASURED * ratioOf(item), height: UNMEASURED };
  const turned = quarters % 2 === 0 ? sides : { width: sides.height, height: sides.width };
  return fitted(turned, area);
}

export interface SlideProps {
  readonly shown: Shown;
  /** Whether it is the one that is looked at; others are loaded ahead. */
  readonly current: boolean;
  readonly area: Area;
  readonly view: View;
  readonly quarters: number;
  /** Whether a video plays at once. */
  readonly play: boolean;
  readonly style: CSSProperties;
}

function Still({ shown, area, view, quarters }: SlideProps) {
  const { t } = useInlay();
  const { message, item } = shown;
  const video = item.kind === 'video';
  const place = {
    conversation: message.conversation,
    file: video ? (item.poster ?? '') : item.file,
    sent: message.n !== null && (!video || item.poster !== null),
  };
  const { width, height } = pictureIn(shown, area, quarters);
  const { src, lost, failed, again } = useImage(place, width * Math.min(3, view.scale));
  const blur = blurOf(item.thumbhash);
  const [across, down] = quarters % 2 === 0 ? [width, height] : [height, width];
  if (lost && !video)
    return (
      <div className="lost">
        <Icon name="photo" />
        <p>{t('media.gone')}</p>
        <Button onClick={again}>{t('app.again')}</Button>
      </div>
    );
  return (
    <div
      className="picture"
      style={{
        width: across,
        height: down,
        transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale}) rotate(${quarters * 90}deg)`,
        ...(blur === undefined ? {} : { backgroundImage: `url(${blur})` }),
      }}
    >
      {src !== undefined && <img src={src} alt={itemLabel(t, item)} draggable={false} onError={failed} />}
    </div>
  );
}

/** One image or video of the gallery. */
export function Slide(props: SlideProps) {
  const { shown, current, style, play } = props;
  const { message, item } = shown;
  const place = { conversation: message.conversation, file: item.file, sent: message.n !== null };
  return (
    <div className="slide" style={style} aria-hidden={!current} inert={!current}>
      {item.kind === 'video' && current ? (
        <Video item={item} place={place} autoPlay={play} />
      ) : (
        <Still {...props} />
      )}
    </div>
  );
}
