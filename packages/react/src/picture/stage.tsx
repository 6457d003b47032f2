import { type RefObject, useRef } from 'react';
import { useInlay } from '../context.ts';
import { type Crop, closest, dragged, type Source, wholeOf, zoomed, zoomOf } from './crop.ts';
import { useGestures } from './gestures.ts';

/** An image that is loaded, and the square of it that is taken. */
export interface Cropping {
  readonly source: Source;
  readonly crop: Crop;
}

export interface StageProps {
  readonly image: RefObject<HTMLImageElement | null>;
  /** Where the page has it. */
  readonly url: string;
  readonly square: boolean;
  readonly cropping: Cropping | undefined;
  onCropping(cropping: Cropping): void;
  /** It is no image that this browser can show. */
  onBad(): void;
}

/** The image behind a mask of the form that the picture will have. */
export function Stage({ image, url, square, cropping, onCropping, onBad }: StageProps) {
  const { t } = useInlay();
  const stage = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const gestures = useGestures(stage, frame, ({ by, ratio, at }) => {
    if (cropping === undefined) return;
    const { source, crop } = cropping;
    const moved = dragged(source, crop, by);
    onCropping({ source, crop: zoomed(source, moved, zoomOf(source, moved) * ratio, at) });
  });
  const loaded = () => {
    const { naturalWidth: width = 0, naturalHeight: height = 0 } = image.current ?? {};
    if (width === 0 || height === 0) return onBad();
    const source = { width, height };
    onCropping({ source, crop: wholeOf(source) });
  };
  const { source, crop } = cropping ?? {};
  const style = source &&
    crop && {
      width: `${(source.width / crop.side) * 100}%`,
      transform: `translate(${(-crop.x / source.width) * 100}%, ${(-crop.y / source.height) * 100}%)`,
    };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset does not lay out its content as other boxes do.
    <div
      ref={stage}
      className={`stage${square ? ' square' : ''}`}
      role="group"
      aria-label={t('picture.stage')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the image, as a drag does.
      tabIndex={0}
      {...gestures}
    >
      <div ref={frame} className="frame">
        <img
          ref={image}
          src={url}
          alt=""
          draggable={false}
          hidden={cropping === undefined}
          style={style}
          onLoad={loaded}
          onError={onBad}
        />
      </div>
    </div>
  );
}

/** How close one is. Each step of it takes one as much closer as the one before. */
export function ZoomSlider({ source, crop, onCrop }: Cropping & { onCrop(crop: Crop): void }) {
  const { t, locale } = useInlay();
  const most = closest(source);
  const zoom = zoomOf(source, crop);
  const said = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(zoom);
  return (
    <input
      type="range"
      min="0"
      max="100"
      step="1"
      aria-label={t('picture.zoom')}
      aria-valuetext={said}
      disabled={most === 1}
      value={most === 1 ? 0 : Math.round((Math.log(zoom) / Math.log(most)) * 100)}
      onChange={({ currentTarget }) =>
        onCrop(zoomed(source, crop, most ** (Number(currentTarget.value) / 100)))
      }
    />
  );
}
