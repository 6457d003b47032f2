import type { TimelineMessage } from '@inlay-im/client';
import type { Sticker, StickerBody } from '@inlay-im/protocol';
import { publishedPath } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { useCalm } from '../hooks/calm.ts';
import { useImage } from '../media/source.ts';
import { Still } from '../media/still.tsx';

type Seen = Pick<Sticker, 'file' | 'emoji' | 'animated'>;

interface PictureProps {
  readonly sticker: Seen;
  readonly src: string | undefined;
  onLost?(): void;
}

/** A sticker filling the box around it; one that moves stands still for those who asked for that. */
function Picture({ sticker, src, onLost }: PictureProps) {
  const { t } = useInlay();
  const calm = useCalm();
  const label = t('sticker.name', { emoji: sticker.emoji });
  if (src === undefined) return null;
  if (sticker.animated && calm) return <Still src={src} label={label} {...(onLost && { onLost })} />;
  return <img src={src} alt={label} draggable={false} decoding="async" onError={onLost} />;
}

/** A sticker of a pack that is published. */
export function PublishedSticker({ sticker }: { sticker: Seen }) {
  const { client } = useInlay();
  return <Picture sticker={sticker} src={client.resolve(publishedPath(sticker.file))} />;
}

/** One whose pack the app withdrew: the message still has it. */
function KeptSticker({ message, body }: StickerImageProps) {
  const { conversation, n } = message;
  const place = { conversation, file: body.file, sent: n !== null };
  const { src, lost, failed } = useImage(place, body.width);
  return lost ? body.emoji : <Picture sticker={body} src={src} onLost={failed} />;
}

export interface StickerImageProps {
  readonly message: TimelineMessage;
  readonly body: StickerBody;
}

/** The longest side of a sticker in a conversation, in the size of its texts. */
const SIDE = 11;

/** A sticker in a conversation. Its box has its size before the image is there. */
export function StickerImage({ message, body }: StickerImageProps) {
  const { client } = useInlay();
  const [withdrawn, setWithdrawn] = useState(false);
  const { width, height } = body;
  const wide = (SIDE * width) / Math.max(width, height);
  return (
    <span className="inlay-sticker" style={{ width: `${wide}em`, aspectRatio: `${width} / ${height}` }}>
      {withdrawn ? (
        <KeptSticker message={message} body={body} />
      ) : (
        <Picture
          sticker={body}
          src={client.resolve(publishedPath(body.file))}
          onLost={() => setWithdrawn(true)}
        />
      )}
    </span>
  );
}
