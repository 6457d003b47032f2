import type { TimelineMessage } from '@inlay-im/client';
import type { Attachment } from '@inlay-im/protocol';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { Icon } from '../primitives/icon.tsx';
import { durationText } from '../text/duration.ts';
import { itemLabel } from '../text/media.ts';
import { Picture } from './picture.tsx';
import { UploadRing, uploadOf } from './upload-ring.tsx';
import { Video } from './video.tsx';

export interface TileProps {
  readonly message: TimelineMessage;
  readonly item: Attachment;
  /** Of its box, in pixels. */
  readonly width: number;
  /** Whether a video plays where it stands; else in the gallery. */
  readonly inPlace?: boolean;
  onOpen(): void;
}

/** An image or a video in its box; a press shows it large, or plays it. */
export function Tile({ message, item, width, inPlace = false, onOpen }: TileProps) {
  const { t, client } = useInlay();
  const [playing, setPlaying] = useState(false);
  const { kind, file, poster, caption, duration: length } = item;
  const conversation = message.conversation;
  const sent = message.n !== null;
  const upload = uploadOf(message, file);
  const waits = upload !== undefined && upload.state !== 'done';
  const video = kind === 'video';
  const what = itemLabel(t, item);
  const label = caption === null ? what : t('media.captioned', { media: what, text: caption });
  if (playing && (sent || client.files.local(file) !== null))
    return (
      <div className="inlay-tile">
        <Video item={item} place={{ conversation, file, sent }} autoPlay />
      </div>
    );
  const shown = video ? poster : file;
  const showable = shown !== null || item.thumbhash !== null;
  return (
    <div className={`inlay-tile${showable ? '' : ' dark'}`}>
      {showable && (
        <Picture
          item={item}
          place={{ conversation, file: shown ?? '', sent: sent && shown !== null }}
          width={width}
        />
      )}
      <button
        type="button"
        className="open"
        aria-label={
          video && inPlace
            ? `${t('media.playVideo')}${length === null ? '' : ` ${durationText(length)}`}`
            : label
        }
        onClick={() => (video && inPlace ? setPlaying(true) : onOpen())}
      >
        {video && !waits && (
          <span className="inlay-play">
            <Icon name="play" />
          </span>
        )}
      </button>
      {video && length !== null && <span className="sign">{durationText(length)}</span>}
      {video && inPlace && sent && (
        <button type="button" className="enlarge" aria-label={t('media.enlarge')} onClick={onOpen}>
          <Icon name="enlarge" />
        </button>
      )}
      {waits && <UploadRing message={message} item={item} upload={upload} />}
    </div>
  );
}
