import { LIMITS } from '@inlay-im/protocol/rules';
import { type DragEvent, useState } from 'react';
import { useInlay } from '../context.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { durationText } from '../text/duration.ts';
import { sizeText } from '../text/size.ts';
import type { Change, Chosen } from './chosen.ts';

/** The type of what is dragged from one place to another within the dialog. */
const DRAGGED = 'application/x-inlay-chosen';

export interface ItemProps {
  readonly item: Chosen;
  readonly at: number;
  readonly count: number;
  change(change: Change): void;
}

/** What of it is seen: the image, a still, or the ending of its name. */
export function Preview({ item, plain = false }: { item: Chosen; plain?: boolean }) {
  const { kind, url, poster, seen, file } = item;
  const src = kind === 'image' ? url : poster;
  if (!plain && kind !== 'file' && src !== undefined)
    return <img className="preview" src={src} alt="" decoding="async" draggable={false} />;
  if (!plain && kind !== 'file' && seen === undefined) return <span className="preview inlay-skeleton" />;
  const ending = /\.(\p{L}[\p{L}\d]{0,3})$/u.exec(file.name)?.[1];
  return (
    <span className="preview sign">
      {ending === undefined || kind === 'video' ? (
        <Icon name={kind === 'video' ? 'video' : 'file'} />
      ) : (
        <span aria-hidden="true">{ending.toLocaleUpperCase()}</span>
      )}
    </span>
  );
}

/** Buttons that put it before or after its neighbour, and that leave it out. */
function Tools({ item, at, count, change }: ItemProps) {
  const { t } = useInlay();
  const { name } = item.file;
  const move = (to: number) => change({ do: 'move', id: item.id, to });
  return (
    <>
      {count > 1 && (
        <span className="order">
          <RoundButton
            icon="back"
            label={t('attach.earlier', { name })}
            disabled={at === 0}
            onClick={() => move(at - 1)}
          />
          <RoundButton
            icon="next"
            label={t('attach.later', { name })}
            disabled={at === count - 1}
            onClick={() => move(at + 1)}
          />
        </span>
      )}
      <RoundButton
        icon="close"
        className="remove"
        label={t('attach.remove', { name })}
        onClick={() => change({ do: 'remove', id: item.id })}
      />
    </>
  );
}

/** Takes it from its place with the mouse, and lets another one be put there. */
function useDragging({ item, at, change }: ItemProps) {
  const [over, setOver] = useState(false);
  const ours = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED);
  return {
    draggable: true,
    'data-over': over || undefined,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(DRAGGED, String(item.id));
      event.dataTransfer.effectAllowed = 'move';
    },
    onDragOver: (event: DragEvent) => {
      if (!ours(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!ours(event)) return;
      event.preventDefault();
      change({ do: 'move', id: Number(event.dataTransfer.getData(DRAGGED)), to: at });
    },
  };
}

/** One of several that are looked at. */
export function Tile(props: ItemProps) {
  const { item } = props;
  const dragging = useDragging(props);
  const { seen } = item;
  return (
    <li className="tile" aria-label={item.file.name} {...dragging}>
      <Preview item={item} />
      {item.kind === 'video' && seen?.duration !== undefined && (
        <span className="length">{durationText(seen.duration)}</span>
      )}
      <Tools {...props} />
    </li>
  );
}

export interface LineProps extends ItemProps {
  /** Whether it is sent as it is. */
  readonly plain: boolean;
  readonly captioned: boolean;
}

/** One of several with its name and size, and a caption of its own. */
export function Line(props: LineProps) {
  const { item, plain, captioned, change } = props;
  const { t, locale } = useInlay();
  const { file, seen, caption } = item;
  const dragging = useDragging(props);
  const facts = [
    sizeText(locale, file.size),
    seen?.duration === undefined ? '' : durationText(seen.duration),
    seen?.width === undefined || seen.kind !== 'image' ? '' : `${seen.width} × ${seen.height}`,
  ];
  return (
    <li className="line" {...dragging}>
      <Preview item={item} plain={plain && item.kind === 'file'} />
      <span className="about">
        <span className="name" dir="auto">
          {file.name}
        </span>
        <small>{facts.filter(Boolean).join(' · ')}</small>
      </span>
      <Tools {...props} />
      {captioned && (
        <input
          className="inlay-input"
          dir="auto"
          autoComplete="off"
          maxLength={LIMITS.caption}
          value={caption}
          placeholder={t('attach.caption')}
          aria-label={t('attach.captionOf', { name: file.name })}
          onChange={(event) => change({ do: 'caption', id: item.id, caption: event.currentTarget.value })}
        />
      )}
    </li>
  );
}
