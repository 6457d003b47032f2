import type { Attachment } from '@inlay-im/protocol';
import { useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { itemLabel } from '../text/media.ts';
import { blurOf } from './blur.ts';
import { playerOf } from './player.ts';
import { type Place, useAddress } from './source.ts';

export interface VideoProps {
  readonly item: Attachment;
  readonly place: Place;
  /** Plays at once. */
  readonly autoPlay?: boolean;
  /** Called when it begins to play. */
  onPlay?(): void;
}

/**
 * A video with the controls of the browser, read by range. Its address stays while it plays, as another one would
 * begin it anew; where it does not work any more, it goes on from where it was with another one.
 */
export function Video({ item, place, autoPlay = false, onPlay }: VideoProps) {
  const { client, t } = useInlay();
  const video = useRef<HTMLVideoElement>(null);
  const address = useAddress(place);
  const now = client.files.local(item.file) ?? address?.url;
  const [src, setSrc] = useState(now);
  const [broken, setBroken] = useState(false);
  const at = useRef(0);
  useEffect(() => {
    if (src === undefined || (broken && now !== src)) {
      setSrc(now);
      setBroken(false);
    }
  }, [src, now, broken]);
  const failed = () => {
    setBroken(true);
    client.files.renew(place.conversation, place.file);
  };
  const blur = blurOf(item.thumbhash);
  return (
    // biome-ignore lint/a11y/useMediaCaption: people's own videos have none.
    <video
      ref={video}
      src={src}
      controls
      playsInline
      autoPlay={autoPlay}
      preload="metadata"
      aria-label={itemLabel(t, item)}
      style={blur === undefined ? undefined : { backgroundImage: `url(${blur})` }}
      onLoadedMetadata={(event) => {
        if (at.current > 0) event.currentTarget.currentTime = at.current;
      }}
      onTimeUpdate={(event) => {
        at.current = event.currentTarget.currentTime;
      }}
      onPlay={() => {
        playerOf(client).giveWay(() => video.current?.pause());
        onPlay?.();
      }}
      onError={failed}
    />
  );
}
